import 'server-only'
import { transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import type { ApiClient, KeyMigration, KeyMigrationStage } from '../generated/prisma/client'
import { getRuntime } from '../runtime'

/** Longer than a migration call, and the writes around it, may take. */
const CLAIM_MS = 30_000
const NEXT_TEN = 11
/** What a dead process left, and what waits to be read or verified. */
const LEFT_BEHIND = ['sent', 'received', 'stored'] as const

export type RunningMigration = KeyMigration & { readonly apiClient: ApiClient }

export interface ClaimedKeyLine {
  readonly organizationId: string
  readonly migration: RunningMigration
  readonly number: number
  readonly propertyId: string
  readonly name: string | null
  readonly connectionId: string
  readonly oldKeyId: string
  readonly keySealed: string | null
  readonly fingerprint: string
  readonly tries: number
  readonly reason: string | null
  /**
   * What it was: `pending` is sent now; `sent` and `received` are of a process that died, or could not go on; `stored`
   * waits to be verified.
   */
  readonly was: 'pending' | 'sent' | 'received' | 'stored'
}

interface Room {
  /** Lines that this process can take. */
  readonly most: number
  /** Of these, how many may be begun anew. */
  readonly fresh: number
}

interface Gate {
  readonly state: string
  readonly stage: KeyMigrationStage
  readonly gapMs: number
  readonly nextSlotAt: Date
  readonly verifiedBefore: number
}

/**
 * Takes lines that are due and that no other process has in hand. A pending one is marked as sent by it, so that the
 * intent is committed before the call. Processes follow each other here: how many lines a run trusts itself with, and its
 * pace, hold for all of them together.
 */
export async function claimKeyLines(migration: RunningMigration, { most, fresh }: Room): Promise<ClaimedKeyLine[]> {
  const now = getRuntime().clock()
  // Nothing is counted any more and nothing is paced: the lines alone are locked.
  if (migration.stage === 'rest' && migration.gapMs === 0) {
    return take(db(), migration, { states: fresh > 0 ? [...LEFT_BEHIND, 'pending'] : LEFT_BEHIND, most, now, isGated: false })
  }
  return transaction(async (tx) => {
    const [gate] = await tx.$queryRaw<Gate[]>`
      SELECT state::text, stage::text, gap_ms AS "gapMs", next_slot_at AS "nextSlotAt", verified_before AS "verifiedBefore"
      FROM key_migrations WHERE id = ${migration.id}::uuid FOR UPDATE`
    if (!gate) return []
    const again = await take(tx, migration, { states: LEFT_BEHIND, most, now, isGated: true })
    const mayBegin = gate.state === 'running' && gate.nextSlotAt <= now
    const room = mayBegin ? Math.min(fresh, most - again.length, gate.gapMs > 0 ? 1 : most, await trusted(tx, migration.id, gate)) : 0
    const begun = room > 0 ? await take(tx, migration, { states: ['pending'], most: room, now, isGated: true }) : []
    if (begun.length > 0 && gate.gapMs > 0) {
      const nextSlotAt = new Date(Math.max(gate.nextSlotAt.getTime(), now.getTime() - gate.gapMs) + gate.gapMs)
      await tx.keyMigration.update({ where: { id: migration.id }, data: { nextSlotAt } })
    }
    return [...again, ...begun]
  })
}

/** How many lines may be begun: one until it is verified, then ten, then any number. Steps on when it is time. */
async function trusted(tx: Transaction, id: string, { stage, verifiedBefore }: Gate): Promise<number> {
  if (stage === 'rest') return Infinity
  const [counts] = await tx.$queryRaw<{ inHand: number; verified: number }[]>`
    SELECT count(*) FILTER (WHERE state <> 'verified')::int AS "inHand", count(*) FILTER (WHERE state = 'verified')::int AS verified
    FROM key_lines WHERE migration_id = ${id}::uuid AND state IN ('sent', 'received', 'stored', 'verified')`
  const inHand = counts?.inHand ?? 0
  const verified = (counts?.verified ?? 0) - verifiedBefore
  const next = verified >= NEXT_TEN ? 'rest' : verified >= 1 ? 'next_ten' : 'first_line'
  if (next !== stage) await tx.keyMigration.update({ where: { id }, data: { stage: next } })
  if (next === 'rest') return Infinity
  return next === 'first_line' ? 1 - inHand : NEXT_TEN - verified - inHand
}

interface Wish {
  readonly most: number
  readonly now: Date
  /** Whether it was asked already, under the lock, whether lines may be begun. */
  readonly isGated: boolean
}

interface Wish {
  readonly states: readonly ClaimedKeyLine['was'][]
  readonly most: number
  readonly now: Date
}

async function take(tx: Pick<Transaction, '$queryRaw'>, migration: RunningMigration, { states, most, now, isGated }: Wish): Promise<ClaimedKeyLine[]> {
  const { processId } = getRuntime()
  const rows = await tx.$queryRaw<Omit<ClaimedKeyLine, 'organizationId' | 'migration'>[]>`
    WITH due AS MATERIALIZED (
      SELECT number, state FROM key_lines
      WHERE migration_id = ${migration.id}::uuid AND state = ANY (${[...states]}::key_line_state[]) AND next_try_at <= ${now}
        AND (${isGated} OR state <> 'pending' OR EXISTS (
          SELECT 1 FROM key_migrations m
          WHERE m.id = ${migration.id}::uuid AND m.state = 'running' AND m.stage = 'rest' AND m.gap_ms = 0 AND m.next_slot_at <= ${now}
        ))
      ORDER BY number LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    UPDATE key_lines l SET state = CASE WHEN due.state = 'pending' THEN 'sent' ELSE due.state END, claimed_by = ${processId},
      next_try_at = ${new Date(now.getTime() + CLAIM_MS)}, tries = tries + 1, updated_at = ${now}
    FROM due, old_keys k WHERE l.migration_id = ${migration.id}::uuid AND l.number = due.number AND k.id = l.old_key_id
    RETURNING l.number, due.state::text AS was, l.property_id AS "propertyId", l.name, l.connection_id AS "connectionId", l.old_key_id AS "oldKeyId",
      k.key_sealed AS "keySealed", k.fingerprint, l.tries, l.reason`
  return rows.map((row) => ({ ...row, organizationId: migration.organizationId, migration }))
}
