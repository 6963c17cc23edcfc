import 'server-only'
import { LOCKS } from '../database/locks'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { Prisma } from '../generated/prisma/client'
import { startRounds, type Why } from '../rounds'
import { getRuntime } from '../runtime'
import { tellAdminTokens } from './admin-tokens'
import { anyConnectionChange, tellConnectionChanges } from './connection-changes'
import { tellFailingForLong } from './failing-for-long'
import { tellFinishedMigrations } from './finished-migrations'
import { tellLowQuotas } from './low-quotas'
import { tellManyConnections } from './many-connections'
import { anyNewAddress, tellNewAddresses } from './new-addresses'
import { pruneAlerts } from './prune-alerts'
import { anybodyToTell, tellPeople } from './tell-people'
import { tellUnusualRates } from './unusual-rates'

/** What is told within minutes or hours is looked for so often. */
const SLOW_MS = 30_000

type Look = (tx: Transaction, now: Date) => Promise<boolean>

/** Each looks at one kind of change, and announces it in the transaction that notes that it was seen. */
const LOOKS: readonly Look[] = [
  tellConnectionChanges, tellFailingForLong, tellAdminTokens, tellLowQuotas, tellFinishedMigrations, tellNewAddresses, tellManyConnections,
  tellUnusualRates, tellPeople, pruneAlerts,
]
/** Somebody waits for these: a back end for its sync, the owner of a stolen key, people for their mail. */
const QUICK_LOOKS: readonly Look[] = [tellConnectionChanges, tellNewAddresses, tellPeople]

/** Looks in every process at what has changed and whom to tell: as soon as there is something, and at the rest every half a minute. */
export function startAlertWatch(): { stop(): Promise<void> } {
  const round = (isStopped: () => boolean, why: Why) => alertRound(isStopped, why === 'time' ? LOOKS : QUICK_LOOKS)
  return startRounds({ everyMs: SLOW_MS, when: anythingToTell, complaint: 'alerts could not be looked for', round })
}

/** Whether the quick looks would find something. */
function anythingToTell(): Prisma.Sql {
  const now = getRuntime().clock()
  return Prisma.sql`${anyConnectionChange()} OR ${anyNewAddress(now)} OR ${anybodyToTell(now)}`
}

/** One round; a look that says that there is more is taken again. Tests call it directly. */
export async function alertRound(isStopped: () => boolean = () => false, looks = LOOKS): Promise<void> {
  for (const look of looks) {
    let hasMore = true
    while (hasMore && !isStopped()) hasMore = await transaction(async (tx) => (await isMyTurn(tx)) && look(tx, getRuntime().clock()))
  }
}

/** One process at a time looks; the others find it taken and look at the next round. */
async function isMyTurn(tx: Transaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${LOCKS.alerts}) AS mine`
  return row?.mine ?? false
}
