export type CallbackTest =
  | { readonly result: 'answers'; readonly elapsedMs: number }
  | { readonly result: 'unreachable' }
  /** The page itself stands at another address, from which a browser may not look. */
  | { readonly result: 'elsewhere' }

/**
 * Asks our own callback for an answer, without a code, a state or a cookie: it changes nothing there. A browser only
 * connects to what it trusts, so an answer proves name, certificate and server at once.
 */
export async function testCallback(callbackUri: string): Promise<CallbackTest> {
  if (new URL(callbackUri).origin !== window.location.origin) return { result: 'elsewhere' }
  const began = performance.now()
  try {
    const { status, type } = await fetch(callbackUri, { credentials: 'omit', redirect: 'manual', cache: 'no-store' })
    const isAnswer = type === 'opaqueredirect' || (status > 0 && status < 500)
    return isAnswer ? { result: 'answers', elapsedMs: performance.now() - began } : { result: 'unreachable' }
  } catch {
    return { result: 'unreachable' }
  }
}
