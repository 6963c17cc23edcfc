import 'server-only'
import type { PoolClient } from 'pg'
import { LOCKS } from '../database/locks'
import { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { FIRST_HASH, hashOf } from './chain'
import { EVENT_COLUMNS, toChainedEvent, type EventRow } from './event-columns'

const MOST_AT_ONCE = 500

interface Head {
  readonly sequence: number
  readonly hash: string
}

/**
 * Seals events that have no seal, in the order of their numbers, each in the chain of its organization. A transaction may
 * end long after one with a higher number: so whatever has no seal is looked for, not what comes after the last.
 *
 * @param sinceId events up to this number are known to have a seal, or never to come
 * @returns how many were sealed; null when another process is at it
 */
export async function sealEvents(sinceId: string): Promise<number | null> {
  const client = await getRuntime().pool.connect()
  let isBroken = false
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [LOCKS.audit])
    const sealed = rows[0]?.held ? await sealBatch(client, sinceId) : null
    await client.query('COMMIT')
    return sealed
  } catch (error) {
    isBroken = await client.query('ROLLBACK').then(() => false, () => true)
    throw error
  } finally {
    client.release(isBroken)
  }
}

/** Whether there are any. */
export function anyUnsealed(sinceId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 ${unsealed(sinceId)})`
}

function unsealed(sinceId: string): Prisma.Sql {
  return Prisma.sql`FROM audit_events e
    WHERE e.id > ${sinceId}::bigint AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event_id = e.id)`
}

async function sealBatch(client: PoolClient, sinceId: string): Promise<number> {
  const { rows } = await client.query<EventRow>(
    Prisma.sql`SELECT ${Prisma.raw(EVENT_COLUMNS)} ${unsealed(sinceId)} ORDER BY e.id LIMIT ${MOST_AT_ONCE}`,
  )
  if (rows.length === 0) return 0
  const heads = await readHeads(client, rows)
  const sealedAt = getRuntime().clock().toISOString()
  const seals = rows.map((row) => {
    const before = heads.get(row.organization_id) ?? { sequence: 0, hash: FIRST_HASH }
    const place = { sequence: before.sequence + 1, previousHash: before.hash, sealedAt }
    const hash = hashOf(toChainedEvent(row), place)
    heads.set(row.organization_id, { sequence: place.sequence, hash })
    return { ...place, hash, id: row.id, organizationId: row.organization_id }
  })
  await client.query(
    `INSERT INTO audit_seals (event_id, organization_id, sequence, previous_hash, hash, sealed_at)
     SELECT id, "organizationId", sequence, "previousHash", hash, "sealedAt" FROM jsonb_to_recordset($1::jsonb)
       AS s (id bigint, "organizationId" uuid, sequence bigint, "previousHash" text, hash text, "sealedAt" timestamptz)`,
    [JSON.stringify(seals)],
  )
  return rows.length
}

/** The last link of each chain that goes on; null is the chain of what belongs to no organization. */
async function readHeads(client: PoolClient, rows: readonly EventRow[]): Promise<Map<string | null, Head>> {
  const heads = new Map<string | null, Head>()
  for (const organizationId of new Set(rows.map((row) => row.organization_id))) {
    const found = await client.query<{ sequence: string; hash: string }>(
      organizationId === null
        ? 'SELECT sequence, hash FROM audit_seals WHERE organization_id IS NULL ORDER BY sequence DESC LIMIT 1'
        : 'SELECT sequence, hash FROM audit_seals WHERE organization_id = $1 ORDER BY sequence DESC LIMIT 1',
      organizationId === null ? [] : [organizationId],
    )
    const [head] = found.rows
    if (head) heads.set(organizationId, { sequence: Number(head.sequence), hash: head.hash })
  }
  return heads
}
