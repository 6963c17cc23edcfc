import { accessTokenContext, refreshTokenContext } from '@/server/connections/token-context'
import { open } from '@/server/crypto/seal'
import { eachConcurrently } from './each-concurrently'
import type { FaultRig } from './fault-rig'

const AT_ONCE = 16

/** What the sandbox says of the tokens that a connection's row holds: the only judge of whether anything was lost. */
export interface StoredPair {
  readonly id: string
  readonly access: string
  readonly refresh: string
  /** Whether both are of one grant. */
  readonly isOfOneGrant: boolean
  /** The sandbox's number of the refresh token's grant. */
  readonly grant: number | null
  readonly state: string
  readonly cause: string | null
  readonly refreshOutcome: string
}

interface Row {
  readonly id: string
  readonly organization_id: string
  readonly access_token_sealed: string
  readonly access_token_version: number
  readonly refresh_token_sealed: string
  readonly refresh_token_version: number
  readonly state: string
  readonly cause: string | null
  readonly last_refresh_outcome: string
}

interface View {
  readonly status: string
  readonly grant?: number
}

export async function inspectPairs({ database, keys, sandbox }: FaultRig, ids: readonly string[]): Promise<StoredPair[]> {
  const rows = await database.sql<Row>(
    `SELECT id, organization_id, access_token_sealed, access_token_version, refresh_token_sealed, refresh_token_version,
            state::text AS state, cause, last_refresh_outcome
     FROM connections WHERE id = ANY($1::uuid[])`,
    [ids],
  )
  const pairs: StoredPair[] = []
  await eachConcurrently(rows, AT_ONCE, async (row) => {
    const place = { organizationId: row.organization_id, connectionId: row.id }
    const access = open(keys, accessTokenContext({ ...place, version: row.access_token_version }), row.access_token_sealed)
    const refresh = open(keys, refreshTokenContext({ ...place, version: row.refresh_token_version }), row.refresh_token_sealed)
    const [accessView, refreshView] = await Promise.all([access, refresh].map((token) => sandbox.call<View>('POST', 'tokens/inspect', { token })))
    pairs.push({
      id: row.id,
      access: accessView?.status ?? 'none',
      refresh: refreshView?.status ?? 'none',
      isOfOneGrant: accessView?.grant === refreshView?.grant,
      grant: refreshView?.grant ?? null,
      state: row.state,
      cause: row.cause,
      refreshOutcome: row.last_refresh_outcome,
    })
  })
  return pairs
}

/** Both tokens are the live ones of one grant. */
export function isLive({ access, refresh, isOfOneGrant }: StoredPair): boolean {
  return access === 'live' && refresh === 'live' && isOfOneGrant
}
