const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Why a text cannot be registered as a redirect URI, or nothing. Octorate takes https only (guide, "Do I need to
 * expose a secure link?"); lenient mode also takes http on this very machine.
 */
export function redirectUriFault(value: unknown, mode: 'lenient' | 'strict'): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return 'must be a URL'
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(value)) return 'must be an absolute https URL without spaces, in ASCII'
  const url = new URL(value)
  if (url.hash || value.includes('#')) return 'must not have a fragment'
  if (url.username || url.password) return 'must not have a user name or password'
  if (url.protocol === 'https:') return undefined
  return mode === 'lenient' && loopbackHosts.has(url.hostname) ? undefined : 'must start with https://'
}
