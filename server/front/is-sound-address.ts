/** Query names that Next takes for its own, by any spelling: it obeys or drops them, and nobody else has a reason to send them. */
const RESERVED = /^(nxt[PI]|__next|__proto__$)/i

/** False for a request's address that cannot be decoded, is not a path, or speaks to the framework rather than to us. */
export function isSoundAddress(url: string): boolean {
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  if (!path.startsWith('/') || !isDecodable(path)) return false
  return ![...new URLSearchParams(query).keys()].some((name) => RESERVED.test(name))
}

function isDecodable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0')
  } catch {
    return false
  }
}
