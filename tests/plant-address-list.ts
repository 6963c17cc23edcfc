import { randomUUID } from 'node:crypto'
import type { Maker, TestOrganization } from './make-organization'

/** An entry as a test wants it; times count from now. */
export interface PlantedEntry {
  readonly block: string
  readonly comment?: string
  readonly addedDaysAgo?: number
  readonly leftMs?: number
}

/** Gives an API client or a machine key its list of addresses, by data. */
export async function plantAddressList(
  { sql }: Pick<Maker, 'sql'>,
  { id: organizationId, people }: TestOrganization,
  { holder, entries }: { readonly holder: { readonly apiClientId: string } | { readonly machineKeyId: string }; readonly entries: readonly PlantedEntry[] },
): Promise<void> {
  const listId = randomUUID()
  const [column, id] = 'apiClientId' in holder ? ['api_client_id', holder.apiClientId] : ['machine_key_id', holder.machineKeyId]
  await sql.query(`INSERT INTO address_lists (id, organization_id, ${column}, revision) VALUES ($1, $2, $3, 1)`, [listId, organizationId, id])
  const now = Date.now()
  const rows = entries.map(({ block, comment = 'Data centre', addedDaysAgo = 1, leftMs }) => ({
    block, comment, created_at: new Date(now - addedDaysAgo * DAY_MS), expires_at: leftMs === undefined ? null : new Date(now + leftMs),
  }))
  await sql.query(
    `INSERT INTO address_entries (id, organization_id, list_id, position, block, comment, owner, created_at, created_by_user_id, expires_at)
     SELECT gen_random_uuid(), $1, $2, place - 1, e->>'block', e->>'comment', 'Ada Neri', (e->>'created_at')::timestamptz, $3, (e->>'expires_at')::timestamptz
     FROM jsonb_array_elements($4::jsonb) WITH ORDINALITY AS planted (e, place)`,
    [organizationId, listId, people.owner.id, JSON.stringify(rows)],
  )
}

const DAY_MS = 24 * 60 * 60_000
