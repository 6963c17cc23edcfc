import { randomUUID } from 'node:crypto'
import { seal } from '@/server/crypto/seal'
import type { SandboxTokens } from './console-sandbox'
import type { Maker, TestOrganization } from './make-organization'

const LIFETIME_MS = 24 * 60 * 60 * 1000
const DUE_AFTER_MS = 0.8 * LIFETIME_MS

export interface TestConnection extends SandboxTokens {
  readonly id: string
  readonly name: string
}

/** A connection to one of the sandbox's properties with live tokens, made by data. */
export async function makeConnection(
  { sql, keys, sandbox }: Maker,
  organization: TestOrganization,
  { name = `Casa ${randomUUID().slice(0, 8)}` }: { readonly name?: string } = {},
): Promise<TestConnection> {
  const { apiClient } = organization
  const tokens = await sandbox.grant({ ...apiClient, username: 'marco.bianchi', properties: ['324410'] })
  const [id, now] = [randomUUID(), new Date()]
  const sealed = (column: string, value: string) =>
    seal(keys, { table: 'connections', column, organizationId: organization.id, rowId: id, version: 1 }, value)
  await sql.query(
    `INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state_since, origin,
       connected_by_user_id, access_token_sealed, access_issued_at, access_expires_at, expiry_source, refresh_token_sealed, last_refresh_at, next_refresh_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'SANDBOX', $7, 'code', $8, $9, $7, $10, 'expireDate', $11, $7, $12, $7)`,
    [
      id, organization.id, apiClient.id, `property:${id}`, name, name.toLowerCase(), now, organization.people.owner.id,
      sealed('access_token_sealed', tokens.accessToken), new Date(now.getTime() + LIFETIME_MS), sealed('refresh_token_sealed', tokens.refreshToken),
      // As the services would: one without a time is given one, at some moment in the middle of a test.
      new Date(now.getTime() + DUE_AFTER_MS),
    ],
  )
  await sql.query(
    `INSERT INTO properties (id, organization_id, connection_id, upstream_id, name) VALUES ($1, $2, $3, '324410', $4)`,
    [randomUUID(), organization.id, id, name],
  )
  return { id, name, ...tokens }
}
