import 'server-only'
import type { EventType } from '@/contracts/events'
import type { Transaction } from '../db'
import { announce, type NewEvent } from '../events/announce'
import { Prisma, type ConnectionState, type ConnectionTold } from '../generated/prisma/client'
import { toConnectionEvent } from './connection-event'

/** Few enough that a transaction is short, many enough that an outage is told at once. */
const AT_ONCE = 100

interface Change {
  readonly connection_id: string
  readonly organization_id: string
  readonly from_state: ConnectionState | null
  readonly to_state: ConnectionState
  readonly at: Date
}

/** What is known of a connection before a change, and after it. */
interface Known {
  readonly unwellSince: Date | null
  readonly told: ConnectionTold
}

const WELL: Known = { unwellSince: null, told: 'nothing' }

/**
 * Takes changes of connections' states in their order and announces those that somebody outside must know. A failing
 * refresh is only noted: it is told when it has lasted.
 *
 * @returns whether there may be more.
 */
export async function tellConnectionChanges(tx: Transaction): Promise<boolean> {
  const changes = await tx.$queryRaw<(Change & { id: bigint })[]>`
    DELETE FROM connection_changes WHERE id IN (
      SELECT id FROM connection_changes ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
    ) RETURNING id, connection_id, organization_id, from_state, to_state, at`
  if (changes.length === 0) return false
  changes.sort((a, b) => (a.id < b.id ? -1 : 1))
  const ids = [...new Set(changes.map((change) => change.connection_id))]
  const watches = await tx.connectionWatch.findMany({ where: { connectionId: { in: ids } } })
  const known = new Map<string, Known>(watches.map((watch) => [watch.connectionId, watch]))
  const told: { type: EventType; change: Change }[] = []
  for (const change of changes) {
    const [after, type] = follow(known.get(change.connection_id) ?? WELL, change)
    known.set(change.connection_id, after)
    if (type) told.push({ type, change })
  }
  await keep(tx, changes, known)
  const connections = await tx.connection.findMany({ where: { id: { in: ids } }, include: { apiClient: { select: { id: true, name: true } } } })
  const byId = new Map(connections.map((connection) => [connection.id, connection]))
  const events = told.flatMap(({ type, change }): NewEvent[] => {
    const connection = byId.get(change.connection_id)
    return connection ? [toConnectionEvent(type, connection, change.at)] : []
  })
  await announce(tx, events)
  return changes.length === AT_ONCE
}

/** Whether there are any. */
export function anyConnectionChange(): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM connection_changes)`
}

/** What a change makes of what is known, and what is told of it. */
function follow(before: Known, { from_state: from, to_state: to, at }: Change): [Known, EventType | null] {
  const unwellSince = before.unwellSince ?? at
  switch (to) {
    case 'connected':
      if (from === null || from === 'disconnected') return [WELL, 'connection.connected']
      return [WELL, before.told === 'nothing' ? null : 'connection.reconnected']
    case 'refresh_failing':
      return [{ unwellSince, told: before.told }, null]
    case 'reconnect_required':
      return [{ unwellSince, told: 'reconnect_required' }, before.told === 'reconnect_required' ? null : 'connection.reconnect_required']
    case 'disconnected':
      return [WELL, 'connection.disconnected']
  }
}

async function keep(tx: Transaction, changes: readonly Change[], known: ReadonlyMap<string, Known>): Promise<void> {
  const organizations = new Map(changes.map((change) => [change.connection_id, change.organization_id]))
  await tx.connectionWatch.deleteMany({ where: { connectionId: { in: [...known.keys()] } } })
  await tx.connectionWatch.createMany({
    data: [...known].flatMap(([connectionId, { unwellSince, told }]) => {
      const organizationId = organizations.get(connectionId)
      return unwellSince && organizationId ? [{ connectionId, organizationId, unwellSince, told }] : []
    }),
  })
}
