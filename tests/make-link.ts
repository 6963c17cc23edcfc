import { randomUUID } from 'node:crypto'
import { digest, randomToken } from '@/server/crypto/digest'
import type { Maker, TestOrganization } from './make-organization'
import { makeConnection } from './make-connection'

export interface TestLink {
  readonly id: string
  readonly connectionId: string
  /** What stands behind /link/. */
  readonly token: string
}

interface Wishes {
  readonly name?: string
  /** An existing connection instead of one of its own. */
  readonly connectionId?: string
}

/** A reconnect link that nobody opened yet, made by data. */
export async function makeLink(maker: Maker, organization: TestOrganization, { name, connectionId: given }: Wishes = {}): Promise<TestLink> {
  const connectionId = given ?? (await makeConnection(maker, organization, name ? { name } : {})).id
  const [id, token] = [randomUUID(), randomToken()]
  await maker.sql.query(
    `INSERT INTO links (id, organization_id, api_client_id, kind, connection_id, token_digest, language, ticket, reason, created_by_user_id, created_at, expires_at)
     VALUES ($1, $2, $3, 'reconnect', $4, $5, 'it', 'T-4711', 'Octorate cancelled the grant', $6, now(), now() + interval '1 day')`,
    [id, organization.id, organization.apiClient.id, connectionId, digest(token), organization.people.owner.id],
  )
  return { id, connectionId, token }
}
