import 'server-only'
import { RecentMap } from '@/lib/recent-map'
import { recordAudits } from '../audit/record-audit'
import { inGroups } from '../database/in-groups'
import { metrics } from '../metrics/metrics'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { MachineActor } from '../http/machine-actor'
import { getRuntime, once } from '../runtime'
import { countByRow, originOf, type LedgerRow } from './ledger-rows'

export interface HandOutEntry {
  readonly actor: MachineActor
  readonly connectionId: string
  readonly at: Date
}

const MOST_IN_GROUP = 1_000
/** One at a time: larger groups cost less than the wait for the way to the database and back. */
const GROUPS_AT_ONCE = 1
/** Some 150 bytes each; one that was forgotten is looked up again. */
const MOST_KNOWN_ORIGINS = 50_000

const LEDGER_SQL = `INSERT INTO hand_outs (machine_key_id, connection_id, address, minute, organization_id, count)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[], $6::int[])
  ON CONFLICT (machine_key_id, connection_id, address, minute) DO UPDATE SET count = hand_outs.count + excluded.count`

const knownOrigins = () => once('known origins of hand-outs', () => new RecentMap<string, true>(MOST_KNOWN_ORIGINS))

/** Whether the audit log has the first hand-out of this key, connection and address already, as far as memory knows. */
export function isKnownOrigin(origin: string): boolean {
  return knownOrigins().get(origin) === true
}

/**
 * Writes down that a token is handed out, and resolves when that is durable: no row, no token. Hand-outs that arrive
 * while others are being written share the next statement. The first one of a key from an address leaves an audit event
 * in the same transaction.
 */
export function recordHandOut(entry: HandOutEntry): Promise<void> {
  return once('ledger of hand-outs', () => inGroups(writeGroup, { atOnce: GROUPS_AT_ONCE, most: MOST_IN_GROUP }))(entry)
}

async function writeGroup(entries: readonly HandOutEntry[]): Promise<undefined[]> {
  const counts = countByRow(entries)
  const known = knownOrigins()
  const fresh = new Map<string, HandOutEntry>()
  for (const entry of entries) {
    const origin = originOf(entry)
    if (!known.get(origin) && !fresh.has(origin)) fresh.set(origin, entry)
  }
  if (fresh.size === 0) await getRuntime().pool.query({ name: 'ledger', text: LEDGER_SQL, values: columnsOf(counts) })
  else await writeWithOrigins(counts, fresh)
  for (const origin of fresh.keys()) known.set(origin, true)
  metrics().handOuts.inc(entries.length)
  return entries.map(() => undefined)
}

function columnsOf(counts: readonly LedgerRow[]) {
  return [
    counts.map(({ keyId }) => keyId), counts.map(({ connectionId }) => connectionId), counts.map(({ address }) => address),
    counts.map(({ minute }) => minute), counts.map(({ organizationId }) => organizationId),
    counts.map(({ count }) => count),
  ]
}

function writeWithOrigins(counts: readonly LedgerRow[], fresh: ReadonlyMap<string, HandOutEntry>): Promise<void> {
  return transaction(async (tx) => {
    await tx.$executeRawUnsafe(LEDGER_SQL, ...columnsOf(counts))
    const seenFirst = await insertOrigins(tx, [...fresh.values()])
    await recordAudits(
      tx,
      seenFirst.map(({ actor, connectionId, at }) => ({
        action: 'access_token.handed_out',
        outcome: 'success',
        organizationId: actor.caller.organizationId,
        actor: { kind: 'machine_key', id: actor.caller.keyId },
        target: { kind: 'connection', id: connectionId },
        detail: { first: 'from this address' },
        context: actor.context,
        at,
      })),
    )
  })
}

/** @returns those that no process has seen before. */
async function insertOrigins(tx: Transaction, entries: readonly HandOutEntry[]): Promise<HandOutEntry[]> {
  const sorted = entries.toSorted((a, b) => (originOf(a) < originOf(b) ? -1 : 1))
  const inserted = await tx.$queryRaw<{ origin: string }[]>`
    INSERT INTO hand_out_origins (machine_key_id, connection_id, address, first_at)
    SELECT * FROM unnest(
      ${sorted.map(({ actor }) => actor.caller.keyId)}::uuid[], ${sorted.map(({ connectionId }) => connectionId)}::uuid[],
      ${sorted.map(({ actor }) => actor.context.address)}::text[], ${sorted.map(({ at }) => at.toISOString())}::timestamptz[])
    ON CONFLICT DO NOTHING
    RETURNING machine_key_id || ' ' || connection_id || ' ' || address AS origin`
  const names = new Set(inserted.map(({ origin }) => origin))
  return entries.filter((entry) => names.has(originOf(entry)))
}
