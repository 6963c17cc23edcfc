import 'server-only'
import { LOCKS } from '../database/locks'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { startRounds } from '../rounds'
import { getRuntime } from '../runtime'
import { tellAdminTokens } from './admin-tokens'
import { tellConnectionChanges } from './connection-changes'
import { tellFailingForLong } from './failing-for-long'
import { tellFinishedMigrations } from './finished-migrations'
import { tellLowQuotas } from './low-quotas'
import { tellManyConnections } from './many-connections'
import { NEWS_WITHIN_MS, tellNewAddresses } from './new-addresses'
import { pruneAlerts } from './prune-alerts'
import { tellPeople } from './tell-people'
import { tellUnusualRates } from './unusual-rates'

const ROUND_MS = 3_000
/** What is told within minutes or hours is looked for each so many rounds: every half a minute. */
const SLOW_EVERY = 10

type Look = (tx: Transaction, now: Date) => Promise<boolean>

/** Each looks at one kind of change, and announces it in the transaction that notes that it was seen. */
const LOOKS: readonly Look[] = [
  tellConnectionChanges, tellFailingForLong, tellAdminTokens, tellLowQuotas, tellFinishedMigrations, tellNewAddresses, tellManyConnections,
  tellUnusualRates, tellPeople, pruneAlerts,
]
/** Somebody waits for these: a back end for its sync, the owner of a stolen key, people for their mail. */
const QUICK_LOOKS: readonly Look[] = [tellConnectionChanges, tellNewAddresses, tellPeople]

/** Looks every three seconds, in every process, at what has changed and whom to tell. */
export function startAlertWatch(): { stop(): Promise<void> } {
  let rounds = 0
  const round = async (isStopped: () => boolean) => {
    if (rounds++ % SLOW_EVERY === 0) await alertRound(isStopped)
    else if (await isAnythingToTell()) await alertRound(isStopped, QUICK_LOOKS)
  }
  return startRounds({ everyMs: ROUND_MS, complaint: 'alerts could not be looked for', round })
}

/** One round; a look that says that there is more is taken again. Tests call it directly. */
export async function alertRound(isStopped: () => boolean = () => false, looks = LOOKS): Promise<void> {
  for (const look of looks) {
    let hasMore = true
    while (hasMore && !isStopped()) hasMore = await transaction(async (tx) => (await isMyTurn(tx)) && look(tx, getRuntime().clock()))
  }
}

/** One statement without a transaction: most rounds have nothing to do. */
async function isAnythingToTell(): Promise<boolean> {
  const { clock, pool } = getRuntime()
  const { rows } = await pool.query<{ is: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM connection_changes) OR EXISTS (SELECT 1 FROM alerts WHERE told_at IS NULL) OR EXISTS (
       SELECT 1 FROM hand_out_origins o WHERE o.first_at > $1
         AND NOT EXISTS (SELECT 1 FROM known_key_addresses k WHERE k.machine_key_id = o.machine_key_id AND k.address = o.address)
     ) AS "is"`,
    [new Date(clock().getTime() - NEWS_WITHIN_MS)],
  )
  return rows[0]?.is ?? false
}

/** One process at a time looks; the others find it taken and look at the next round. */
async function isMyTurn(tx: Transaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${LOCKS.alerts}) AS mine`
  return row?.mine ?? false
}
