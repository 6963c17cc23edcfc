import { parseCallbackQuery, type CallbackQuery } from './callback-query'
import { explainNearMiss, type RedirectUriMatch } from './explain-near-miss'

export type PastedCallback =
  | CallbackQuery
  | { readonly kind: 'not_an_address' }
  | { readonly kind: 'different_redirect_uri'; readonly nearMiss: RedirectUriMatch }
  /** The right address, but neither code, nor state, nor error in it. */
  | { readonly kind: 'no_code' }

const LONGEST_PASTE = 10_000

/**
 * Reads the address that a person copied out of the browser's address bar after consent, as one does
 * with the default `https://localhost`, where no server answers (contract, "Case 1: consent flow").
 * Blanks and quotes around it and a scheme that the browser left out are forgiven; another redirect
 * URI is not, because the code is bound to the one that was sent. Never throws.
 */
export function parsePastedCallback(text: string, expectedRedirectUri: string): PastedCallback {
  const expected = new URL(expectedRedirectUri)
  const pasted = toUrl(text, expected)
  if (!pasted) return { kind: 'not_an_address' }
  const query = new URLSearchParams(pasted.search)
  const isSame = pasted.origin === expected.origin && pasted.pathname === expected.pathname && hasAll(query, expected)
  if (!isSame) return { kind: 'different_redirect_uri', nearMiss: explainNearMiss(bare(pasted), [bare(expected)]) }
  if (!['code', 'state', 'error'].some((name) => query.has(name))) return { kind: 'no_code' }
  return parseCallbackQuery(pasted.search)
}

function toUrl(text: string, expected: URL): URL | null {
  if (text.length > LONGEST_PASTE) return null
  const trimmed = text
    .trim()
    .replace(/^["'<]/, '')
    .replace(/["'>]$/, '')
    .trim()
  if (/\s/.test(trimmed)) return null
  const candidate = startsWithHost(trimmed, expected) ? `${expected.protocol}//${trimmed}` : trimmed
  const url = URL.canParse(candidate) ? new URL(candidate) : null
  return url && /^https?:$/.test(url.protocol) ? url : null
}

function startsWithHost(text: string, { host }: URL): boolean {
  return text.toLowerCase().startsWith(host) && /^[/?#]/.test(text.slice(host.length))
}

function hasAll(query: URLSearchParams, expected: URL): boolean {
  return [...expected.searchParams].every(([name, value]) => query.getAll(name).includes(value))
}

function bare({ origin, pathname }: URL): string {
  return `${origin}${pathname}`
}
