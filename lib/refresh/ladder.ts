import type { ConnectionCause, RefreshFailingCause } from '../connection-status'

/** What is stored of a connection's status. */
export type ConnectionState = 'connected' | 'refresh_failing' | 'reconnect_required' | 'disconnected'

/**
 * When the next try is: at the share of the new token's life (`due`), after the back-off from a second to five minutes
 * (`back_off`), in half a minute to five (`patient`), after exactly half a minute (`confirm`), or when a person asks (`never`).
 */
export type NextTry = 'due' | 'back_off' | 'patient' | 'confirm' | 'never'

/** Whose turn it is: theirs who read it, the hotelier's, Octorate's, or who runs Keyrack; null when nobody need act. */
export type Turn = 'you' | 'hotelier' | 'octorate' | 'operator' | null

interface Rung {
  /** What Octorate answered to the refresh, and to ApiLogin where that was asked. */
  readonly answer: string
  readonly state: Exclude<ConnectionState, 'disconnected'>
  readonly cause: RefreshFailingCause | null
  /** What the list shows as the outcome of the last refresh. */
  readonly outcome: string
  readonly next: NextTry
  readonly turn: Turn
  /** What else follows, for others than this connection. */
  readonly besides: string
}

/**
 * The error ladder of a refresh (contract, "Errors"): which answer writes what on the connection. docs/refresh.md shows
 * this very table, and a test holds the two together.
 */
export const LADDER = {
  granted: {
    answer: '200 with an access token',
    state: 'connected', cause: null, outcome: 'ok', next: 'due', turn: null,
    besides: 'the API client is not refused any more; the lane narrows again; what waited for the same cause is due',
  },
  no_answer: {
    answer: 'none in 20 s, a broken connection, 408, any 5xx whatever its body',
    state: 'refresh_failing', cause: 'upstream_unreachable', outcome: 'upstream_unreachable', next: 'back_off', turn: 'octorate',
    besides: 'five in a row open the circuit breaker of the upstream',
  },
  quota: {
    answer: '403 ApiQuotaException, 429',
    state: 'refresh_failing', cause: 'quota', outcome: 'quota', next: 'patient', turn: 'octorate',
    besides: 'the gap between two refreshes of the API client doubles',
  },
  wrong_environment: {
    answer: '403 WrongEnviroment',
    state: 'refresh_failing', cause: 'wrong_environment', outcome: 'wrong_environment', next: 'patient', turn: 'you',
    besides: '',
  },
  permission_missing: {
    answer: '403 in words, such as "Caller not in requested role"',
    state: 'refresh_failing', cause: 'permission_missing', outcome: 'permission_missing', next: 'patient', turn: 'you',
    besides: '',
  },
  unreadable: {
    answer: 'a redirect, a page of HTML, 404, 405, 409, 412, 422, a 200 that is no token object',
    state: 'refresh_failing', cause: 'unexpected_answer', outcome: 'unexpected_answer', next: 'patient', turn: 'operator',
    besides: '',
  },
  client_refused: {
    answer: 'any other 400, 401 or 403, and ApiLogin is refused too',
    state: 'refresh_failing', cause: 'api_client_refused', outcome: 'api_client_refused', next: 'patient', turn: 'you',
    besides: 'alarm on the API client; its lane lets one refresh a minute pass until one succeeds or the secret is rotated',
  },
  doubted: {
    answer: 'any other 400, 401 or 403, ApiLogin is accepted, for the first time',
    state: 'refresh_failing', cause: 'unknown', outcome: 'confirming', next: 'confirm', turn: 'octorate',
    besides: '',
  },
  dead: {
    answer: 'the same once more, half a minute later or more',
    state: 'reconnect_required', cause: null, outcome: 'reconnect_required', next: 'never', turn: 'hotelier',
    besides: 'audit event connection.reconnect_required; no further call',
  },
  not_sent: {
    answer: 'none: a stored secret does not open, or the upstream is not configured here',
    state: 'refresh_failing', cause: 'not_sent', outcome: 'not_sent', next: 'patient', turn: 'operator',
    besides: '',
  },
} as const satisfies Record<string, Rung>

export type RungName = keyof typeof LADDER

/**
 * What a connection in `state` becomes. A grant that is known to be dead stays so, whatever a further try by a person
 * meets, until a refresh succeeds or the hotelier consents again; what is disconnected changes by a new consent only.
 */
export function nextState(state: ConnectionState, rung: RungName): ConnectionState {
  if (state === 'disconnected') return 'disconnected'
  if (state === 'reconnect_required' && rung !== 'granted') return 'reconnect_required'
  return LADDER[rung].state
}

/** Whose turn it is for a connection that is not well; null for one that is. */
export function turnOf(state: ConnectionState, cause: ConnectionCause | null): Turn {
  if (state === 'reconnect_required' || state === 'disconnected') return 'hotelier'
  const rung = Object.values(LADDER).find((each) => each.state === state && each.cause === cause)
  return rung?.turn ?? null
}
