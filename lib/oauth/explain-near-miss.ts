export type NearMissDifference =
  | 'whitespace'
  | 'trailing_slash'
  | 'scheme'
  | 'host_case'
  | 'www'
  | 'host'
  | 'port'
  | 'path_case'
  | 'percent_encoding'
  | 'path'
  | 'query'
  | 'fragment'
  /** More than one part differs: another address altogether. */
  | 'other'

export type RedirectUriMatch =
  | { readonly matches: true }
  | {
      readonly matches: false
      /** The registered address that resembles the sent one most; null when none is registered. */
      readonly closest: string | null
      readonly difference: NearMissDifference
      /** Index of the first character of the sent address that differs from the closest. */
      readonly position: number
    }

type Parts = Readonly<Record<'scheme' | 'host' | 'port' | 'path' | 'query' | 'fragment', string>>

const PARTS = /^([^:/?#]+):\/\/([^/?#]*?)(?::(\d*))?(\/[^?#]*)?(\?[^#]*)?(#.*)?$/s
const LIKENESS: readonly NearMissDifference[] = [
  'whitespace',
  'trailing_slash',
  'host_case',
  'path_case',
  'percent_encoding',
  'scheme',
  'port',
  'www',
  'fragment',
  'query',
  'path',
  'host',
  'other',
]

/**
 * Says why a redirect URI is not among the registered ones, which Octorate compares character by
 * character (contract, "What integrators get wrong", 6): the closest one, the kind of difference and
 * where it begins.
 */
export function explainNearMiss(sent: string, registered: readonly string[]): RedirectUriMatch {
  if (registered.includes(sent)) return { matches: true }
  const [closest] = registered
    .map((uri) => ({ uri, difference: differenceOf(sent, uri), position: firstDifference(sent, uri) }))
    .sort((a, b) => LIKENESS.indexOf(a.difference) - LIKENESS.indexOf(b.difference) || b.position - a.position)
  if (!closest) return { matches: false, closest: null, difference: 'other', position: 0 }
  return { matches: false, closest: closest.uri, difference: closest.difference, position: closest.position }
}

function differenceOf(sent: string, registered: string): NearMissDifference {
  if (sent.trim() === registered.trim()) return 'whitespace'
  if (withoutSlash(sent) === withoutSlash(registered)) return 'trailing_slash'
  const [a, b] = [split(sent), split(registered)]
  return a && b ? differenceOfParts(a, b) : 'other'
}

function differenceOfParts(a: Parts, b: Parts): NearMissDifference {
  const changed = (Object.keys(a) as Array<keyof Parts>).filter((name) => a[name] !== b[name])
  if (changed.length > 1) return 'other'
  if (changed.includes('host')) return hostDifference(a.host, b.host)
  if (changed.includes('scheme')) return 'scheme'
  if (changed.includes('port')) return 'port'
  if (changed.includes('path')) return pathDifference(a.path, b.path)
  return changed.includes('query') ? 'query' : 'fragment'
}

function hostDifference(a: string, b: string): NearMissDifference {
  if (a.toLowerCase() === b.toLowerCase()) return 'host_case'
  return a === `www.${b}` || b === `www.${a}` ? 'www' : 'host'
}

function pathDifference(a: string, b: string): NearMissDifference {
  if (withoutSlash(a) === withoutSlash(b)) return 'trailing_slash'
  if (a.toLowerCase() === b.toLowerCase()) return 'path_case'
  return decode(a) === decode(b) ? 'percent_encoding' : 'path'
}

function split(uri: string): Parts | null {
  const match = PARTS.exec(uri)
  if (!match) return null
  const [, scheme = '', host = '', port = '', path = '', query = '', fragment = ''] = match
  return { scheme, host, port, path, query, fragment }
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function firstDifference(a: string, b: string): number {
  let index = 0
  while (index < a.length && a[index] === b[index]) index += 1
  return index
}
