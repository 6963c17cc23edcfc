import { randomUUID } from 'node:crypto'
import type { Maker, TestOrganization } from './make-organization'
import { makeConnection } from './make-connection'

export interface TestCampaign {
  readonly id: string
  readonly recipientId: string
  readonly connectionId: string
}

interface Wishes {
  readonly name?: string
  readonly channel?: 'mail' | 'csv'
  /** The connection that it asks for, instead of one of its own. */
  readonly connectionId?: string
  readonly contact?: { readonly name: string; readonly email?: string; readonly phone?: string }
}

/** A campaign with one recipient, made by data: no mail of it is ever due, so that it does nothing by itself. */
export async function makeCampaign(maker: Maker, organization: TestOrganization, wishes: Wishes = {}): Promise<TestCampaign> {
  const { name = 'After the outage', channel = 'mail', contact } = wishes
  const connectionId = wishes.connectionId ?? (await makeConnection(maker, organization, wishes.name ? { name: wishes.name } : {})).id
  const [id, recipientId] = [randomUUID(), randomUUID()]
  await maker.sql.query(
    `INSERT INTO campaigns (id, organization_id, name, reason, ticket, language, life, channel, created_by_user_id, created_at)
     VALUES ($1, $2, $3, 'Octorate cancelled the grants', 'T-4711', 'it', '7d', $4::campaign_channel, $5, now())`,
    [id, organization.id, name, channel, organization.people.owner.id],
  )
  await maker.sql.query('INSERT INTO campaign_recipients (id, organization_id, campaign_id, connection_id) VALUES ($1, $2, $3, $4)', [
    recipientId, organization.id, id, connectionId,
  ])
  if (contact) {
    await maker.sql.query('UPDATE connections SET contact_name = $2, contact_email = $3, contact_phone = $4 WHERE id = $1', [
      connectionId, contact.name, contact.email ?? null, contact.phone ?? null,
    ])
  }
  return { id, recipientId, connectionId }
}
