import { randomBytes, randomUUID } from 'node:crypto'
import { seal } from '@/server/crypto/seal'
import type { Maker, TestOrganization } from './make-organization'

/** A signed webhook, made by data; its address answers to nobody. */
export async function plantWebhook(
  { sql, keys }: Maker,
  { id: organizationId, people }: TestOrganization,
  { name = 'Back end' }: { readonly name?: string } = {},
): Promise<string> {
  const id = randomUUID()
  const sealed = (column: string, value: string) => seal(keys, { table: 'webhook_endpoints', column, organizationId, rowId: id, version: 1 }, value)
  await sql.query(
    `INSERT INTO webhook_endpoints (id, organization_id, kind, name, url_sealed, url_origin, secret_sealed, secret_last4, events, created_by_user_id, created_at)
     VALUES ($1, $2, 'signed', $3, $4, 'https://hooks.example.com', $5, 'wxyz', '{connection.reconnected}', $6, now())`,
    [
      id, organizationId, name, sealed('url_sealed', 'https://hooks.invalid/keyrack'),
      sealed('secret_sealed', `whsec_${randomBytes(32).toString('base64')}`), people.owner.id,
    ],
  )
  return id
}

/** A message that was given up, made by data. */
export async function plantDelivery({ sql }: Maker, { id: organizationId }: Pick<TestOrganization, 'id'>, endpointId: string): Promise<string> {
  const [id, eventId] = [randomUUID(), randomUUID()]
  const attempts = [{ at: new Date().toISOString(), status: 503, failure: null, durationMs: 41, answer: 'Service Unavailable' }]
  await sql.query(
    `INSERT INTO webhook_deliveries (id, organization_id, endpoint_id, event_id, event_type, body, state, tries, next_try_at, gives_up_at, attempts, created_at, settled_at)
     VALUES ($1, $2, $3, $4, 'connection.reconnected', $5, 'failed', 9, now(), now(), $6, now(), now())`,
    [id, organizationId, endpointId, eventId, JSON.stringify({ id: eventId, type: 'connection.reconnected', data: {} }), JSON.stringify(attempts)],
  )
  return id
}
