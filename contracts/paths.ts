/** The only place that spells an address of the console. */
export const pages = {
  overview: () => '/',
  signIn: () => '/sign-in',
  setUp: () => '/set-up',
  connections: () => '/connections',
  /** With an attempt while an address is pasted by hand: loaded anew it leads there. */
  newConnection: (apiClientId?: string, attemptId?: string) =>
    `/connections/new${apiClientId ? `?apiClient=${apiClientId}` : ''}${apiClientId && attemptId ? `&attempt=${attemptId}` : ''}`,
  connection: (id: string) => `/connections/${id}`,
  /** Leads to the connection of a property, by Octorate's id: for a support desk's own tool. */
  property: (propertyId: string) => `/p/${encodeURIComponent(propertyId)}`,
  importConnections: () => '/connections/import',
  connectionImport: (id: string) => `/connections/import/${id}`,
  keyMigrations: () => '/migrations',
  newKeyMigration: () => '/migrations/new',
  keyMigration: (id: string) => `/migrations/${id}`,
  oldKeys: () => '/migrations/old-keys',
  runway: () => '/runway',
  authorization: (id: string) => `/connections/attempts/${id}`,
  links: () => '/links',
  link: (id: string) => `/links/${id}`,
  campaigns: () => '/links/campaigns',
  newCampaign: () => '/links/campaigns/new',
  campaign: (id: string) => `/links/campaigns/${id}`,
  importContacts: () => '/connections/contacts',
  connectProblem: (code: string, requestId: string) => `/connect-problem?code=${code}&request=${requestId}`,
  apiClients: () => '/api-clients',
  newApiClient: () => '/api-clients/new',
  welcomeMailXray: () => '/api-clients/xray',
  apiClient: (id: string) => `/api-clients/${id}`,
  machineKeys: () => '/machine-keys',
  machineKey: (id: string) => `/machine-keys/${id}`,
  keyRestriction: (machineKeyId: string) => `/machine-keys/${machineKeyId}/restriction`,
  goLive: (apiClientId: string) => `/api-clients/${apiClientId}/go-live`,
  apiConfiguration: (apiClientId: string) => `/api-clients/${apiClientId}/configuration`,
  newProperties: (apiClientId: string) => `/api-clients/${apiClientId}/properties`,
  adminTokens: (apiClientId: string) => `/api-clients/${apiClientId}/admin-tokens`,
  redirectUris: (apiClientId: string) => `/api-clients/${apiClientId}/redirect-uris`,
  ipWhitelist: (apiClientId: string) => `/api-clients/${apiClientId}/ip-whitelist`,
  auditLog: () => '/audit',
  operations: () => '/operations',
  sessions: () => '/settings/sessions',
  alerts: () => '/settings/alerts',
  webhooks: () => '/settings/webhooks',
  webhook: (id: string) => `/settings/webhooks/${id}`,
  mail: () => '/settings/mail',
  network: () => '/settings/network',
  doctor: () => '/settings/doctor',
  twoFactor: () => '/settings/two-factor',
  people: () => '/settings/people',
  person: (id: string) => `/settings/people/${id}`,
  organization: () => '/settings/organization',
  breach: () => '/settings/breach',
  incident: (id: string) => `/settings/breach/${id}`,
  inventory: () => '/settings/breach/inventory',
  /** The token of a link comes behind a `#`. */
  join: () => '/join',
  recover: () => '/recover',
} as const

/** The console's own way to renew a connection: a consent from another property leaves it as it is. */
export const reconnectHref = (apiClientId: string, connectionId: string) =>
  `${pages.newConnection()}?apiClient=${apiClientId}&connection=${connectionId}`

/** What a hotelier opens, who has no account here: pages without script, which no contract describes. */
export const visitorPages = {
  link: (token: string) => `/link/${token}`,
  visit: (linkId: string) => `/visit/${linkId}`,
  phoneCode: () => '/code',
} as const

/** Path of the callback that Octorate sends the browser back to: one per API client. */
export const callbackPath = (apiClientId: string) => `/oauth/callback/${apiClientId}`

/** Where back ends call the machine API; endpoint paths follow behind it. */
export const MACHINE_API_BASE = '/api/v1'

/** Fills `:name` parts of an endpoint's path. */
export function endpointPath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

/** The machine API for people: a page of the front's own. */
export const machineReferencePath = `${MACHINE_API_BASE}/reference`
