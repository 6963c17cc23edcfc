import 'server-only'
import { recordAudits } from '../audit/record-audit'
import { callersWaitMs } from '../database/callers-wait-ms'
import { inGroups } from '../database/in-groups'
import { metrics } from '../metrics/metrics'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { once } from '../runtime'
import { inSpan } from '../tracing/in-span'
import { originOf, type HandOutEntry } from './hand-out-entry'
import type { HeldToken } from './held-token'
import { isKnownOrigin, learnOrigins, rememberOrigin } from './known-origins'
import { writeLedger, type Known } from './write-ledger'

const MOST_IN_GROUP = 1_000
/** One at a time: larger groups cost less than the wait for the way to the database and back. */
const GROUPS_AT_ONCE = 1
/**
 * Writes down that a token is handed out, and resolves when that is durable: no row, no token. Hand-outs that arrive
 * while others are being written share the next statement. The first one of a key from an address leaves an audit event
 * in the same transaction. Who is refused because it takes too long may be written down all the same, though no token left.
 *
 * @returns false, and writes nothing, when the connection has another token by now, or none, or is frozen: it was
 * refreshed, found dead or disconnected.
 */
export function recordHandOut(entry: HandOutEntry, held: HeldToken): Promise<boolean> {
  const write = once('ledger of hand-outs', () => inGroups(writeGroup, { atOnce: GROUPS_AT_ONCE, most: MOST_IN_GROUP, waitMs: callersWaitMs }))
  return inSpan({ name: 'database ledger' }, () => write({ entry, held, origin: originOf(entry) }))
}

async function writeGroup(group: readonly Known[]): Promise<boolean[]> {
  const isOfKnown = await learnOrigins(group)
  const isConfirmed = isOfKnown ? await writeLedger(group) : await transaction((tx) => writeWithOrigins(tx, group))
  if (!isOfKnown) for (const [index, { origin }] of group.entries()) if (isConfirmed[index]) rememberOrigin(origin)
  metrics().handOuts.inc(isConfirmed.reduce((count, each) => count + Number(each), 0))
  return isConfirmed
}

async function writeWithOrigins(tx: Transaction, group: readonly Known[]): Promise<boolean[]> {
  const isConfirmed = await writeLedger(group, tx)
  const fresh = new Map<string, HandOutEntry>()
  for (const [index, { origin, entry }] of group.entries()) {
    if (isConfirmed[index] && !isKnownOrigin(origin) && !fresh.has(origin)) fresh.set(origin, entry)
  }
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
  return isConfirmed
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
