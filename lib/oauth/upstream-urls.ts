export interface UpstreamBases {
  /** Where the hotelier's browser goes, such as `https://admin.octorate.com`. */
  readonly backOfficeBase: string
  /** Where our server calls, such as `https://api.octorate.com/connect`. */
  readonly apiBase: string
  /** `v1` today. */
  readonly apiVersion: string
}

export interface UpstreamUrls {
  /** Where the operations of the version begin. */
  readonly rest: string
  readonly consent: string
  readonly token: string
  readonly refresh: string
  readonly migrate: string
  readonly apiLogin: string
  readonly configuration: string
  readonly properties: string
  readonly userInfo: string
  /** Version 2, whatever the others are (contract, "Creating a property"). */
  readonly createProperty: string
}

/**
 * Every full address that an API client uses (contract, "Hosts and paths"). Screens show them and the
 * gateway calls them, from this one place: wrong hosts and prefixes cost integrators days.
 * Throws a TypeError on bases that are no plain http(s) address, which the settings form has refused before.
 */
export function upstreamUrls({ backOfficeBase, apiBase, apiVersion }: UpstreamBases): UpstreamUrls {
  if (!/^v[1-9][0-9]{0,2}$/.test(apiVersion)) throw new TypeError('apiVersion is written v1, v2 …')
  const base = `${cleanBase(apiBase, 'apiBase')}/rest`
  const rest = `${base}/${apiVersion}`
  return {
    rest,
    consent: consentUrl(backOfficeBase),
    token: `${rest}/identity/token`,
    refresh: `${rest}/identity/refresh`,
    migrate: `${rest}/identity/migrate`,
    apiLogin: `${rest}/identity/apilogin`,
    configuration: `${rest}/api/configuration`,
    properties: `${rest}/accommodation`,
    userInfo: `${rest}/user/info`,
    createProperty: `${base}/v2/accommodation`,
  }
}

/** The consent page without its query. */
export function consentUrl(backOfficeBase: string): string {
  return `${cleanBase(backOfficeBase, 'backOfficeBase')}/octobook/identity/oauth.xhtml`
}

function cleanBase(base: string, name: string): string {
  const url = URL.canParse(base) ? new URL(base) : null
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !/[?#\s\\]/.test(base)
  if (!isPlain) throw new TypeError(`${name} is an http(s) address without user, query and fragment`)
  return base.replace(/\/+$/, '')
}
