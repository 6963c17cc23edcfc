/**
 * The sandbox's switches. What nobody outside Octorate knows is a switch each; the defaults are our reading of
 * Octorate's guide and public API description, and `README.md` lists them as doubts.
 */
export type SandboxSettings = {
  readonly mode: 'lenient' | 'strict'
  readonly codeLifetimeMs: number
  readonly accessTokenLifetimeMs: number
  readonly adminTokenLifetimeMs: number
  readonly expiryFields: 'expireDate' | 'expires_in' | 'both' | 'neither'
  readonly dateStyle: 'java' | 'iso'
  readonly tokenFields: 'snake' | 'camel'
  readonly errorStyle: 'octorate' | 'oauth'
  readonly refreshRotation: 'off' | 'rotate' | 'rotate-with-reuse-detection' | 'rotate-with-grace'
  readonly refreshGraceMs: number
  readonly codeReuse: 'revoke' | 'refuse'
  readonly refreshEndsAccessToken: boolean
  readonly newConsentEndsGrant: boolean
  readonly newLoginEndsAdminToken: boolean
  readonly expiredTokenAnswer: 'login-expired' | 'unauthorized'
  readonly adminTokenLists: 'granted' | 'all'
  readonly productionRedirectUri: 'accepted' | 'refused'
  readonly passwordChangeEndsGrants: boolean
  readonly refreshReturnsToken: boolean
  readonly refusedConsent: 'access-denied' | 'stay'
  readonly credentialsRefusalStatus: 400 | 401 | 403
  readonly codeRefusalStatus: 400 | 403
  readonly refreshRefusalStatus: 400 | 401 | 403
  readonly secondMigration: 'refuse' | 'same-tokens' | 'new-tokens' | 'new-tokens-end-first'
  readonly duplicatesByDefault: 'refused' | 'accepted'
  readonly createdStatus: 'CREATED_ACCOMMODATION' | 'created'
  readonly createdId: 'id' | 'ids' | 'codice'
  readonly createdTokens: 'refresh_token' | 'identity' | 'identity-with-access-token'
  readonly addressReach: 'all' | 'granted'
  readonly accommodationList: 'bare' | 'wrapped'
  readonly quotaHeaders: 'remaining' | 'both' | 'none'
  readonly firstPage: 0 | 1
  readonly pageSize: number
  readonly quotaEnforced: boolean
  readonly quotaLimit: number
  readonly quotaWindowMs: number
  readonly quotaCountsIdentity: boolean
}

const HOUR_MS = 3_600_000

export const defaultSettings: SandboxSettings = {
  mode: 'lenient',
  codeLifetimeMs: 60_000,
  accessTokenLifetimeMs: 24 * HOUR_MS,
  adminTokenLifetimeMs: 365 * 24 * HOUR_MS,
  expiryFields: 'expireDate',
  dateStyle: 'java',
  tokenFields: 'snake',
  errorStyle: 'octorate',
  refreshRotation: 'off',
  refreshGraceMs: 60_000,
  codeReuse: 'revoke',
  refreshEndsAccessToken: false,
  newConsentEndsGrant: false,
  newLoginEndsAdminToken: false,
  expiredTokenAnswer: 'login-expired',
  adminTokenLists: 'granted',
  productionRedirectUri: 'accepted',
  passwordChangeEndsGrants: false,
  refreshReturnsToken: false,
  refusedConsent: 'access-denied',
  credentialsRefusalStatus: 401,
  codeRefusalStatus: 400,
  refreshRefusalStatus: 403,
  secondMigration: 'refuse',
  duplicatesByDefault: 'refused',
  createdStatus: 'CREATED_ACCOMMODATION',
  createdId: 'id',
  createdTokens: 'refresh_token',
  addressReach: 'all',
  accommodationList: 'bare',
  quotaHeaders: 'remaining',
  firstPage: 0,
  pageSize: 50,
  quotaEnforced: false,
  quotaLimit: 100,
  quotaWindowMs: 300_000,
  quotaCountsIdentity: false,
}

/** The values that a switch with a list of them takes. */
export const settingChoices: Partial<Record<keyof SandboxSettings, readonly (string | number)[]>> = {
  mode: ['lenient', 'strict'],
  expiryFields: ['expireDate', 'expires_in', 'both', 'neither'],
  dateStyle: ['java', 'iso'],
  tokenFields: ['snake', 'camel'],
  errorStyle: ['octorate', 'oauth'],
  refreshRotation: ['off', 'rotate', 'rotate-with-reuse-detection', 'rotate-with-grace'],
  codeReuse: ['revoke', 'refuse'],
  expiredTokenAnswer: ['login-expired', 'unauthorized'],
  adminTokenLists: ['granted', 'all'],
  productionRedirectUri: ['accepted', 'refused'],
  refusedConsent: ['access-denied', 'stay'],
  credentialsRefusalStatus: [400, 401, 403],
  codeRefusalStatus: [400, 403],
  refreshRefusalStatus: [400, 401, 403],
  secondMigration: ['refuse', 'same-tokens', 'new-tokens', 'new-tokens-end-first'],
  duplicatesByDefault: ['refused', 'accepted'],
  createdStatus: ['CREATED_ACCOMMODATION', 'created'],
  createdId: ['id', 'ids', 'codice'],
  createdTokens: ['refresh_token', 'identity', 'identity-with-access-token'],
  addressReach: ['all', 'granted'],
  accommodationList: ['bare', 'wrapped'],
  quotaHeaders: ['remaining', 'both', 'none'],
  firstPage: [0, 1],
}

/** Reads a subset of the switches from untrusted JSON; throws TypeError naming the switch that is wrong. */
export function parseSettings(value: unknown): Partial<SandboxSettings> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('settings: expected an object')
  for (const [name, given] of Object.entries(value)) {
    if (!isSettingName(name)) throw new TypeError(`settings.${name}: there is no such switch`)
    const allowed = settingChoices[name]
    const known = defaultSettings[name]
    const fits = allowed ? allowed.includes(given) : typeof known === 'number' ? isCount(given) : typeof given === typeof known
    if (!fits) throw new TypeError(`settings.${name}: expected ${allowed ? allowed.join(' or ') : `a ${typeof known}`}`)
  }
  return value
}

function isSettingName(name: string): name is keyof SandboxSettings {
  return Object.hasOwn(defaultSettings, name)
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}
