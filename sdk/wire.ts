/** What crosses the wire of Keyrack's machine API, as this client reads it. */
export type ConnectionStatus = 'healthy' | 'expiring' | 'refresh_failing' | 'reconnect_required' | 'disconnected'

/** Why the last refresh failed, none of which asks the hotelier for anything; or that an owner asked for a new consent. */
export type ConnectionCause =
  | 'upstream_unreachable'
  | 'quota'
  | 'wrong_environment'
  | 'permission_missing'
  | 'api_client_refused'
  | 'unexpected_answer'
  | 'not_sent'
  | 'unknown'
  | 'operator_asked'

export interface Property {
  /** Octorate's id. */
  propertyId: string
  name: string
  city: string | null
  country: string | null
  timeZone: string | null
  /** False when a person left it out after connecting. */
  linked: boolean
}

export interface Connection {
  id: string
  name: string
  apiClientId: string
  environment: 'SANDBOX' | 'PRODUCTION'
  isNetwork: boolean
  status: ConnectionStatus
  /** Null unless the status is `refresh_failing`, or an owner asked for what is `reconnect_required`. */
  cause: ConnectionCause | null
  /** ISO 8601, as all instants here. */
  statusSince: string
  /** Hand-outs are stopped, of it alone, of its API client or of everything: `getAccessToken` is refused until somebody thaws. */
  frozen: boolean
  accessExpiresAt: string | null
  /** Stands for the refresh token in Keyrack's drop-in identity host. */
  handle: string
  properties: Property[]
}

/** One line of an import. */
export interface ImportLine {
  /** Octorate's refresh token, as the other system kept it. */
  readonly refreshToken: string
  /** Octorate's id of the property: needed when nothing is probed, compared when it is. */
  readonly propertyId?: string | undefined
  readonly name?: string | undefined
}

export interface ImportProgress {
  id: string
  name: string
  state: 'running' | 'finished' | 'cancelled' | 'handed_back'
  probe: boolean
  total: number
  counts: { pending: number; stored: number; duplicate: number; refused: number; failed: number; handed_back: number }
  createdAt: string
  finishedAt: string | null
}

/** With the lines that need attention. */
export interface ImportReport extends ImportProgress {
  lines: { number: number; propertyId: string | null; state: string; reason: string | null }[]
}

/** What a report of a refused token led to. `not_current`: a newer one is there already. */
export type RejectionOutcome = 'refreshed' | 'refresh_refused' | 'not_current' | 'not_about_the_token' | 'temporarily_unavailable'

/** An access token as it comes. Secret. */
export interface TokenAnswer {
  readonly connectionId: string
  readonly accessToken: string
  readonly expiresAt: string
  /** Seconds that were left when Keyrack answered. */
  readonly expiresIn: number
  readonly fingerprint: string
}

export interface TokenRefusal {
  readonly code: string
  readonly message: string
  readonly retryAfterSeconds?: number
  readonly connectionIds?: readonly string[]
}
