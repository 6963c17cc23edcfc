import { parseUpstreamDate } from '../time/parse-upstream-date'

export type ExpirySource = 'expires_in' | 'expireDate' | 'both' | 'assumed'

export interface ParsedToken {
  readonly accessToken: string
  /** Null when the answer has none, or an empty one: whoever stores it keeps the old one then. */
  readonly refreshToken: string | null
  readonly expiresAt: Date
  readonly expirySource: ExpirySource
  /** True when the expiry was not plainly readable, is past already, or its two spellings disagree by over a minute. */
  readonly expiryFlagged: boolean
  /** How far `expireDate` lies after what `expires_in` says (negative: before); 0 unless both were read. */
  readonly driftMs: number
  readonly tokenType: 'bearer' | null
}

export type TokenFault =
  | 'not_an_object'
  | 'no_access_token'
  | 'bad_access_token'
  | 'bad_refresh_token'
  | 'contradictory_tokens'
  | 'bad_token_type'

export type TokenResponse =
  | { readonly ok: true; readonly token: ParsedToken }
  | { readonly ok: false; readonly fault: TokenFault }

export interface TokenInstants {
  readonly sentAt: Date
  readonly receivedAt: Date
  /** The answer's own `Date` header. A clock that runs ahead of ours also writes `expireDate` ahead. */
  readonly upstreamNow?: Date | null
}

type Json = Readonly<Record<string, unknown>>
type Reading =
  | { readonly state: 'absent' | 'unreadable' }
  | { readonly state: 'read'; readonly at: number; readonly flagged: boolean }

const ASSUMED_LIFE_MS = 3_600_000
const LONGEST_LIFE_SECONDS = 10 * 366 * 86_400
const TOLERATED_DRIFT_MS = 60_000
const NOTABLE_SKEW_MS = 5_000
const LARGEST_SKEW_MS = 86_400_000
const LONGEST_TOKEN = 8_192
/** VSCHAR of RFC 6749, appendix A, without the blank, which no header can carry at an end. */
const TOKEN = /^[\x21-\x7e]+$/

/**
 * Reads a token object, in which no field is required (contract, "Token object"). Expiry comes from
 * `expires_in` (seconds, counted from when the request was sent, the earliest moment at which the token can
 * have been made) or from `expireDate`; of both the earlier; of neither one hour from receipt, flagged.
 * The token is never refused for its date. Fields that we do not know are ignored.
 */
export function parseTokenResponse(json: unknown, instants: TokenInstants): TokenResponse {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return failed('not_an_object')
  const object = json as Json
  const access = readToken(object, 'access_token', 'accessToken')
  const refresh = readToken(object, 'refresh_token', 'refreshToken')
  const tokenType = readTokenType(object['token_type'] ?? object['tokenType'])
  if (access === null) return failed('no_access_token')
  if (access === 'contradiction' || refresh === 'contradiction') return failed('contradictory_tokens')
  if (access === 'bad') return failed('bad_access_token')
  if (refresh === 'bad') return failed('bad_refresh_token')
  if (tokenType === 'bad') return failed('bad_token_type')
  const expiry = decideExpiry(readExpiresIn(object, instants), readExpireDate(object, instants), instants)
  return { ok: true, token: { accessToken: access.text, refreshToken: refresh?.text ?? null, tokenType, ...expiry } }
}

function readToken(object: Json, ...names: readonly string[]): { text: string } | null | 'bad' | 'contradiction' {
  const values = new Set(
    names.map((name) => object[name]).filter((value) => value !== undefined && value !== null && value !== ''),
  )
  if (values.size > 1) return 'contradiction'
  const [value] = values
  if (value === undefined) return null
  return typeof value === 'string' && value.length <= LONGEST_TOKEN && TOKEN.test(value) ? { text: value } : 'bad'
}

function readTokenType(value: unknown): 'bearer' | null | 'bad' {
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'string' && value.toLowerCase() === 'bearer' ? 'bearer' : 'bad'
}

function readExpiresIn(object: Json, { sentAt }: TokenInstants): Reading {
  const value = object['expires_in'] ?? object['expiresIn']
  if (value === undefined || value === null) return { state: 'absent' }
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^\d{1,12}(?:\.\d{1,9})?$/.test(value))
  const seconds = isNumeric ? Math.floor(Number(value)) : Number.NaN
  if (!(seconds > 0 && seconds <= LONGEST_LIFE_SECONDS)) return { state: 'unreadable' }
  return { state: 'read', at: sentAt.getTime() + seconds * 1000, flagged: false }
}

function readExpireDate(object: Json, instants: TokenInstants): Reading {
  const value = object['expireDate'] ?? object['expire_date']
  if (value === undefined || value === null) return { state: 'absent' }
  const { instant, flagged } = parseUpstreamDate(value)
  if (!instant) return { state: 'unreadable' }
  return { state: 'read', at: instant.getTime() - clockLead(instants), flagged }
}

/** How far Octorate's clock runs ahead of ours; 0 for noise, absurd leads, and when it runs behind (early is safe). */
function clockLead({ receivedAt, upstreamNow }: TokenInstants): number {
  const lead = upstreamNow ? upstreamNow.getTime() - receivedAt.getTime() : 0
  return lead > NOTABLE_SKEW_MS && lead < LARGEST_SKEW_MS ? lead : 0
}

function decideExpiry(lasting: Reading, until: Reading, { receivedAt }: TokenInstants) {
  const wasUnreadable = lasting.state === 'unreadable' || until.state === 'unreadable'
  const at = Math.min(
    ...[lasting, until].map((reading) => (reading.state === 'read' ? reading.at : Number.POSITIVE_INFINITY)),
  )
  if (at === Number.POSITIVE_INFINITY) {
    const expiresAt = new Date(receivedAt.getTime() + ASSUMED_LIFE_MS)
    return { expiresAt, expirySource: 'assumed', expiryFlagged: true, driftMs: 0 } as const
  }
  const areBoth = lasting.state === 'read' && until.state === 'read'
  const driftMs = areBoth ? until.at - lasting.at : 0
  const isDateFlagged = until.state === 'read' && until.flagged
  return {
    expiresAt: new Date(at),
    expirySource: areBoth ? 'both' : lasting.state === 'read' ? 'expires_in' : 'expireDate',
    expiryFlagged:
      wasUnreadable || isDateFlagged || Math.abs(driftMs) > TOLERATED_DRIFT_MS || at <= receivedAt.getTime(),
    driftMs,
  } as const
}

function failed(fault: TokenFault): TokenResponse {
  return { ok: false, fault }
}
