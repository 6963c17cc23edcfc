import type { IncomingHttpHeaders } from 'node:http'

/** Wide on purpose: an integration may send its secret under a name that nobody foresaw. */
const SECRET_FIELD = /secret|token|password|code|key|csrf|state$|auth/i
const LONGEST_TEXT = 4_000

/** What a value under this name is shown as. */
export type Mask = (name: string, value: string) => string

/** Shows the last four characters of whatever has a secret's name. */
export const maskSecrets: Mask = (name, value) => (SECRET_FIELD.test(name) ? tail(value) : value.slice(0, 500))

export function maskFields(fields: URLSearchParams | undefined, mask: Mask): Record<string, string> {
  return Object.fromEntries([...(fields ?? [])].map(([name, value]) => [name.slice(0, 100), mask(name, value)]))
}

/** Headers that hold no secret; every other is masked, because nobody knows what is in it. */
const PLAIN_HEADERS =
  /^(host|content-type|content-length|content-encoding|transfer-encoding|accept|accept-encoding|accept-language|user-agent|origin|referer|x-request-id|sec-fetch-.*|sec-ch-ua.*|cache-control|pragma|expect|upgrade-insecure-requests|connection|keep-alive|x-sandbox-replay-of)$/

/** `Authorization` keeps its scheme, so that a wrong one is seen. */
export function maskHeaders(headers: IncomingHttpHeaders, mask: Mask): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, given]) => {
      const value = Array.isArray(given) ? given.join(', ') : (given ?? '')
      if (PLAIN_HEADERS.test(name)) return [name, value.slice(0, 500)]
      const scheme = name === 'authorization' ? (/^[a-z]+ /i.exec(value)?.[0] ?? '') : ''
      return [name, scheme + mask(`${name} secret`, value.slice(scheme.length))]
    }),
  )
}

/** A JSON text with its secrets masked; a text that is no JSON is not shown, because nobody knows what is in it. */
export function maskJson(text: string, mask: Mask): string {
  try {
    return JSON.stringify(maskValue(JSON.parse(text), mask)).slice(0, LONGEST_TEXT)
  } catch {
    return `(${text.length} characters that are not JSON)`
  }
}

function maskValue(value: unknown, mask: Mask, name = ''): unknown {
  if (typeof value === 'string') return mask(name, value)
  if (Array.isArray(value)) return value.map((each) => maskValue(each, mask, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, maskValue(each, mask, key)]))
}

/** The last four characters of a secret that is long enough to spare them. */
function tail(value: string): string {
  return value.length >= 12 ? `•••${value.slice(-4)}` : '•••'
}
