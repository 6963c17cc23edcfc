import type { ConnectionDetail } from '@/contracts/connections'
import { roleMay, type Role } from '@/contracts/permissions'
import { OPERATOR_ASKED, type ConnectionCause, type RefreshFailingCause } from '@/lib/connection-status'

type Facts = Pick<ConnectionDetail, 'status' | 'cause' | 'hasRefreshToken' | 'lastRefreshOutcome'>
type LinkFacts = Facts & Pick<ConnectionDetail, 'isLinkOffered'>

/** What a connection's banner speaks of; null when all is well. */
export type BannerKind =
  | 'expiring'
  | 'no_refresh_token'
  | 'reconnect_required'
  | typeof OPERATOR_ASKED
  | 'disconnected'
  | 'confirming'
  | `refresh_failing.${RefreshFailingCause}`
  | null

export type Act = 'refresh' | 'connect' | 'open-api-client' | 'disconnect'

/** Causes that only the API client's page can mend. */
const OURS: readonly (ConnectionCause | null)[] = ['wrong_environment', 'api_client_refused']

export function bannerKind({ status, cause, hasRefreshToken, lastRefreshOutcome }: Facts): BannerKind {
  if (cause === OPERATOR_ASKED) return OPERATOR_ASKED
  // Refused once: the server tries again by itself before it asks anybody for anything.
  if (status === 'refresh_failing' && lastRefreshOutcome === 'confirming') return 'confirming'
  if (status === 'refresh_failing') return `refresh_failing.${cause ?? 'unknown'}`
  if (status === 'reconnect_required' || status === 'disconnected') return status
  if (!hasRefreshToken) return 'no_refresh_token'
  return status === 'expiring' ? 'expiring' : null
}

/**
 * What this role may do with a connection now: the one act that mends it stands in the banner, the others in the
 * header, none in both. The server refuses in its own right.
 */
export function connectionActs(connection: Facts, role: Role): { banner: Act | null; header: readonly Act[] } {
  const allowed = (['refresh', 'connect', 'disconnect', 'open-api-client'] as const).filter(
    (act) => roleMay(role, PERMISSION[act]) && isPossible(act, connection),
  )
  const mending = mendingAct(connection)
  const banner = allowed.find((act) => act === mending) ?? null
  return { banner, header: allowed.filter((act) => act !== banner && act !== 'open-api-client') }
}

/** Whether a reconnect link is the first thing to do: only the hotelier can mend it, and a link would help. */
export function isLinkFirst(connection: LinkFacts, role: Role): boolean {
  return mendingAct(connection) === 'connect' && connection.isLinkOffered && roleMay(role, 'links:send')
}

/** Whether the banner has to say that no customer can help. */
export function isBeyondHotelier(connection: LinkFacts): boolean {
  return connection.status === 'refresh_failing' && !connection.isLinkOffered
}

const PERMISSION = {
  refresh: 'connections:refresh',
  connect: 'connections:connect',
  disconnect: 'connections:disconnect',
  'open-api-client': 'api-clients:read',
} as const

function isPossible(act: Act, { status, hasRefreshToken }: Facts): boolean {
  if (act === 'refresh') return hasRefreshToken && status !== 'reconnect_required' && status !== 'disconnected'
  return act !== 'disconnect' || status !== 'disconnected'
}

function mendingAct(connection: Facts): Act | null {
  const kind = bannerKind(connection)
  if (kind === null || kind === 'confirming') return null
  if (kind === 'reconnect_required' || kind === OPERATOR_ASKED || kind === 'disconnected' || kind === 'no_refresh_token') return 'connect'
  return OURS.includes(connection.cause) ? 'open-api-client' : 'refresh'
}
