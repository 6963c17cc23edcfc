import { randomBytes, randomUUID } from 'node:crypto'
import { MACHINE_SCOPES, type MachineScope } from '@/contracts/machine-scopes'
import { formatMachineKey, type MachineKeyEnvironment } from '@/lib/machine-key'
import { digest } from '@/server/crypto/digest'
import type { Maker, TestOrganization } from './make-organization'

/** A key as a test wants it; times count from now, in milliseconds. */
export interface PlantedKey {
  readonly name: string
  readonly environment?: MachineKeyEnvironment
  readonly scopes?: readonly MachineScope[]
  readonly properties?: readonly string[]
  readonly addresses?: readonly string[]
  readonly madeAgoMs?: number
  /** Negative for one that expired; null for one that never does. */
  readonly leftMs?: number | null
  readonly revokedAgoMs?: number
  readonly usedAgoMs?: number
  readonly usedFrom?: string
}

const DAY_MS = 24 * 60 * 60_000

/** Puts many machine keys into an organization at once, by data. */
export async function plantMachineKeys(
  { sql }: Pick<Maker, 'sql'>,
  { id: organizationId, people }: TestOrganization,
  planted: readonly PlantedKey[],
): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const now = Date.now()
  const ago = (ms: number | undefined) => (ms === undefined ? null : new Date(now - ms))
  const rows = planted.map((wish) => {
    const { name, environment = 'SANDBOX', scopes = MACHINE_SCOPES, properties = [], addresses = [], madeAgoMs = DAY_MS, leftMs = 300 * DAY_MS } = wish
    const text = formatMachineKey(environment, randomBytes(32))
    return {
      id: randomUUID(), text, organizationId, name, environment, digest: digest(text), last4: text.slice(-4), scopes, properties, addresses,
      createdBy: people.owner.id, createdAt: ago(madeAgoMs), expiresAt: leftMs === null ? null : ago(-leftMs), revokedAt: ago(wish.revokedAgoMs),
      usedAt: ago(wish.usedAgoMs), usedFrom: wish.usedAgoMs === undefined ? null : (wish.usedFrom ?? '198.51.100.7'),
    }
  })
  await sql.query(
    `INSERT INTO machine_keys (id, organization_id, name, environment, digest, last4, scopes, properties, created_by_user_id,
       created_at, expires_at, revoked_at, last_used_at, last_used_address, last_used_user_agent, last_used_route)
     SELECT id, "organizationId", name, environment, digest, last4, scopes, properties, "createdBy", "createdAt", "expiresAt",
       "revokedAt", "usedAt", "usedFrom", 'back-end/1.0', 'GET /properties/:propertyId/access-token'
     FROM jsonb_to_recordset($1::jsonb) AS planted (id uuid, "organizationId" uuid, name text, environment environment, digest text,
       last4 text, scopes text[], properties text[], "createdBy" uuid, "createdAt" timestamptz, "expiresAt" timestamptz,
       "revokedAt" timestamptz, "usedAt" timestamptz, "usedFrom" text)`,
    [JSON.stringify(rows)],
  )
  const restricted = rows.filter(({ addresses }) => addresses.length > 0)
  await sql.query(
    `WITH planted AS (
       SELECT gen_random_uuid() AS list_id, p.* FROM jsonb_to_recordset($1::jsonb) AS p (id uuid, "organizationId" uuid, "createdBy" uuid, addresses text[])
     ), lists AS (
       INSERT INTO address_lists (id, organization_id, machine_key_id, mode, mode_since)
       SELECT list_id, "organizationId", id, 'enforced', now() FROM planted
     )
     INSERT INTO address_entries (id, organization_id, list_id, position, block, comment, owner, created_at, created_by_user_id)
     SELECT gen_random_uuid(), "organizationId", list_id, a.n - 1, a.block, 'Back end', 'Owner', now(), "createdBy"
     FROM planted CROSS JOIN LATERAL unnest(addresses) WITH ORDINALITY AS a (block, n)`,
    [JSON.stringify(restricted)],
  )
  return rows.map(({ id, text }) => ({ id, text }))
}
