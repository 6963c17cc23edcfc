import 'server-only'
import type { Environment } from '@/contracts/api-clients'
import { callersWaitMs } from '../database/callers-wait-ms'
import { inGroups } from '../database/in-groups'
import { FROZEN } from '../freezes/frozen-sql'
import { getRuntime, once } from '../runtime'

/** Which connection, and for whom: of another organization or environment there is nothing. */
export interface TokenRowKey {
  readonly id: string
  readonly organizationId: string
  readonly environment: Environment
}

/** What a hand-out needs to know of a connection. Instants in milliseconds since 1970. */
export interface TokenRow {
  readonly state: 'connected' | 'refresh_failing' | 'reconnect_required' | 'disconnected'
  readonly version: number
  /** False when there is no access token: wiped, or imported and never refreshed yet. */
  readonly hasToken: boolean
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  /** When the refresh engine tries next; null when it does not. */
  readonly nextRefreshAtMs: number | null
  /** True while nobody at Octorate has said yet which properties an imported token covers. */
  readonly isUnverified: boolean
  /** Whether somebody froze its hand-outs, those of its API client or of its organization. */
  readonly isFrozen: boolean
}

export type SealedTokenRow = TokenRow & { readonly sealed: string | null }

const MOST = 500
const AT_ONCE = 2

const COLUMNS = `wanted.n::int, c.state, c.access_token_version, c.access_token_sealed IS NOT NULL,
  (extract(epoch FROM c.access_issued_at) * 1000)::float8, (extract(epoch FROM c.access_expires_at) * 1000)::float8,
  (extract(epoch FROM c.next_refresh_at) * 1000)::float8, c.origin = 'import' AND c.verified_at IS NULL, ${FROZEN}`
const FROM = `FROM unnest($1::uuid[], $2::uuid[], $3::environment[]) WITH ORDINALITY AS wanted (id, organization_id, environment, n)
  JOIN connections c ON c.id = wanted.id AND c.organization_id = wanted.organization_id AND c.environment = wanted.environment`

type Values = [number, TokenRow['state'], number, boolean, number, number, number | null, boolean, boolean, string | null]

/**
 * The row of a connection, read now: callers that ask in the same turn, or while another read is under way, share the
 * next query. The sealed token is not read; null when there is no such connection.
 */
export function readTokenRow(key: TokenRowKey): Promise<TokenRow | null> {
  return once('token rows', () =>
    inGroups<TokenRowKey, TokenRow | null>((keys) => query(keys, { name: 'token-rows', text: `SELECT ${COLUMNS} ${FROM}` }), {
      atOnce: AT_ONCE,
      most: MOST,
      waitMs: callersWaitMs,
    }),
  )(key)
}

/** The same with the sealed access token, for when memory does not hold this version of it. */
export function readSealedTokenRow(key: TokenRowKey): Promise<SealedTokenRow | null> {
  return once('sealed token rows', () =>
    inGroups<TokenRowKey, SealedTokenRow | null>(
      (keys) => query(keys, { name: 'sealed-token-rows', text: `SELECT ${COLUMNS}, c.access_token_sealed ${FROM}` }),
      { atOnce: AT_ONCE, most: MOST, waitMs: callersWaitMs },
    ),
  )(key)
}

/** Prepared once on each connection of the pool; answers in the order of the keys. */
async function query(keys: readonly TokenRowKey[], statement: { name: string; text: string }): Promise<(SealedTokenRow | null)[]> {
  const values = [keys.map(({ id }) => id), keys.map(({ organizationId }) => organizationId), keys.map(({ environment }) => environment)]
  const { rows } = await getRuntime().pool.query<Values>({ ...statement, values, rowMode: 'array' })
  const found = new Map(rows.map((row) => [row[0], toRow(row)]))
  return keys.map((_, index) => found.get(index + 1) ?? null)
}

function toRow([, state, version, hasToken, issuedAtMs, expiresAtMs, nextRefreshAtMs, isUnverified, isFrozen, sealed = null]: Values): SealedTokenRow {
  return { state, version, hasToken, issuedAtMs, expiresAtMs, nextRefreshAtMs, isUnverified, isFrozen, sealed }
}
