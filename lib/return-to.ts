const SOME_ORIGIN = 'https://console.invalid'
const LONGEST_TARGET = 2_048
const PLAIN = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/
/** Encoded slashes, dots, control characters and backslashes, which some server on the way may decode. */
const TRICKY_ESCAPE = /%(?:[01][0-9a-f]|2[ef]|5c|7f|25)/i
const NO_PAGES = /^\/(?:api|oauth|_next)(?:[/?#]|$)/i

/**
 * The internal page to go to after sign-in or a flow: `value` when it is one of our absolute paths,
 * written so that no parser can read another origin into it, else `fallback`. Anything doubtful is
 * the fallback: a path must already be in the form to which a browser would resolve it.
 */
export function safeReturnTo(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || value.length > LONGEST_TARGET || !PLAIN.test(value)) return fallback
  if (!URL.canParse(value, SOME_ORIGIN)) return fallback
  const { origin, pathname, search, hash } = new URL(value, SOME_ORIGIN)
  const isOurs = origin === SOME_ORIGIN && !pathname.includes('//') && `${pathname}${search}${hash}` === value
  return isOurs && !TRICKY_ESCAPE.test(pathname) && !NO_PAGES.test(pathname) ? value : fallback
}
