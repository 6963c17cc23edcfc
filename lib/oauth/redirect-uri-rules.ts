import { isLoopbackHost } from '../net/is-loopback-host'

export type RedirectUriCode =
  | 'empty'
  | 'too_long'
  | 'bad_character'
  | 'not_absolute'
  | 'not_https'
  | 'userinfo'
  | 'wildcard'
  | 'fragment'
  | 'reserved_parameter'
  | 'not_canonical'
  | 'loopback'

export interface RedirectUriFinding {
  readonly code: RedirectUriCode
  /** An error cannot be registered; a warning can, and deserves a second look. */
  readonly level: 'error' | 'warning'
}

const LONGEST_URI = 2_048
const RESERVED_PARAMETERS = ['code', 'state', 'error', 'iss']

/**
 * Checks one redirect URI as Octorate and OAuth want it: absolute, https, without user, wildcard and
 * fragment (contract, "Case 1: consent flow"). `allowLoopbackHttp` admits `http://` on this machine
 * for the sandbox. An empty list means that there is nothing to say against it.
 */
export function checkRedirectUri(
  uri: string,
  { allowLoopbackHttp }: { allowLoopbackHttp: boolean },
): RedirectUriFinding[] {
  if (uri === '') return [error('empty')]
  if (uri.length > LONGEST_URI) return [error('too_long')]
  if (!/^[\x21-\x7e]+$/.test(uri) || /["<>\\^`{|}]/.test(uri)) return [error('bad_character')]
  const url = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(uri) && URL.canParse(uri) ? new URL(uri) : null
  if (!url || url.hostname === '') return [error('not_absolute')]
  return [...errorsOf(uri, url, allowLoopbackHttp), ...warningsOf(uri, url)]
}

function errorsOf(uri: string, url: URL, allowLoopbackHttp: boolean): RedirectUriFinding[] {
  const isAllowedHttp = allowLoopbackHttp && url.protocol === 'http:' && isLoopbackHost(url.hostname)
  return [
    ...(url.protocol === 'https:' || isAllowedHttp ? [] : [error('not_https')]),
    ...(url.username || url.password || /^[^/]*\/\/[^/?#]*@/.test(uri) ? [error('userinfo')] : []),
    ...(uri.includes('*') ? [error('wildcard')] : []),
    ...(uri.includes('#') ? [error('fragment')] : []),
    ...(RESERVED_PARAMETERS.some((name) => url.searchParams.has(name)) ? [error('reserved_parameter')] : []),
  ]
}

function warningsOf(uri: string, url: URL): RedirectUriFinding[] {
  const withRoot = url.pathname === '/' && !url.search && !uri.endsWith('/') ? `${uri}/` : uri
  return [
    ...(url.href === withRoot ? [] : [warning('not_canonical')]),
    ...(isLoopbackHost(url.hostname) ? [warning('loopback')] : []),
  ]
}

function error(code: RedirectUriCode): RedirectUriFinding {
  return { code, level: 'error' }
}

function warning(code: RedirectUriCode): RedirectUriFinding {
  return { code, level: 'warning' }
}
