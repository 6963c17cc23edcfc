import { randomBytes, randomUUID } from 'node:crypto'
import { formatMachineKey } from '@/lib/machine-key'
import { digest } from '@/server/crypto/digest'
import { seal } from '@/server/crypto/seal'
import type { SandboxTokens } from '../console-sandbox'
import { eachConcurrently } from './each-concurrently'
import type { FaultRig } from './fault-rig'

const AT_ONCE = 16
const REDIRECT_URI = 'https://localhost'
const LIFETIME_MS = 24 * 60 * 60 * 1000

/** An organization with one API client. */
export interface Owner {
  readonly organizationId: string
  readonly userId: string
  readonly apiClientId: string
  readonly clientId: string
  readonly clientSecret: string
  /** May do everything that the scenarios ask for. */
  readonly machineKey: string
}

export interface Planted extends Owner {
  readonly connectionIds: readonly string[]
}

interface Wishes {
  readonly count: number
  /** Whether their access tokens have expired, here and at the sandbox; else they live for most of a day. */
  readonly expired?: boolean
  /** When the next refresh is due; null for never by itself. */
  readonly dueAt?: Date | null
}

/** An organization with one API client, a machine key, and live grants that it would have got from as many consents. */
export async function plant(rig: FaultRig, { count, expired = false, dueAt = null }: Wishes): Promise<Planted> {
  const owner = await plantOwner(rig)
  const { clientId, clientSecret } = owner
  const connectionIds: string[] = []
  await eachConcurrently(Array.from({ length: count }), AT_ONCE, async () => {
    const grant = { clientId, clientSecret, redirectUri: REDIRECT_URI, username: 'marco.bianchi', properties: ['324410'] }
    const tokens = await rig.sandbox.grant(grant)
    connectionIds.push(await plantConnection(rig, { ...owner, tokens, expired, dueAt }))
  })
  if (expired) await rig.sandbox.call('POST', 'access-tokens/expire', { clientId })
  return { ...owner, connectionIds }
}

export async function plantOwner(rig: FaultRig): Promise<Owner> {
  const { sql } = rig.database
  const [organizationId, userId, apiClientId] = [randomUUID(), randomUUID(), randomUUID()]
  const [clientId, clientSecret] = [`client-${apiClientId.slice(0, 12)}`, `sbx_${randomBytes(18).toString('base64url')}`]
  await rig.sandbox.addApiClient({ clientId, clientSecret, redirectUris: [REDIRECT_URI] })
  await sql('INSERT INTO organizations (id, name) VALUES ($1, $2)', [organizationId, 'Northwind Hotels Software'])
  await sql('INSERT INTO users (id, email, name) VALUES ($1, $2, $3)', [userId, `${userId}@keyrack.example`, 'Robin'])
  await sql("INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'owner')", [organizationId, userId])
  const secretPlace = { table: 'api_clients', column: 'client_secret_sealed', organizationId, rowId: apiClientId, version: 1 }
  await sql(
    `INSERT INTO api_clients (id, organization_id, name, client_id, client_secret_sealed, client_secret_last4, secret_rotated_at, environment, upstream_id, updated_at)
     VALUES ($1, $2, 'Channel manager', $3, $4, $5, now(), 'SANDBOX', 'sandbox', now())`,
    [apiClientId, organizationId, clientId, seal(rig.keys, secretPlace, clientSecret), clientSecret.slice(-4)],
  )
  return { organizationId, userId, apiClientId, clientId, clientSecret, machineKey: await plantMachineKey(rig, { organizationId, userId }) }
}

async function plantMachineKey(rig: FaultRig, owner: { organizationId: string; userId: string }): Promise<string> {
  const key = formatMachineKey('SANDBOX', randomBytes(32))
  const scopes = ['connections:read', 'tokens:read', 'connections:import', 'connections:create', 'connections:disconnect', 'migrations:run']
  await rig.database.sql(
    `INSERT INTO machine_keys (id, organization_id, name, environment, digest, last4, scopes, properties, created_by_user_id, created_at)
     VALUES ($1, $2, 'Rig', 'SANDBOX', $3, $4, $5, '{}', $6, $7)`,
    [randomUUID(), owner.organizationId, digest(key), key.slice(-4), scopes, owner.userId, rig.now()],
  )
  return key
}

interface NewConnection {
  readonly organizationId: string
  readonly userId: string
  readonly apiClientId: string
  readonly tokens: SandboxTokens
  readonly expired: boolean
  readonly dueAt: Date | null
}

async function plantConnection({ database, keys, now }: FaultRig, given: NewConnection): Promise<string> {
  const { organizationId, tokens, expired } = given
  const id = randomUUID()
  const sealed = (column: string, value: string) => seal(keys, { table: 'connections', column, organizationId, rowId: id, version: 1 }, value)
  const issuedAt = new Date(now().getTime() - (expired ? LIFETIME_MS + 60_000 : 0))
  await database.sql(
    `WITH connection AS (
       INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state_since, origin,
         connected_by_user_id, access_token_sealed, access_issued_at, access_expires_at, expiry_source, refresh_token_sealed,
         last_refresh_at, next_refresh_at, verified_at, updated_at)
       VALUES ($1, $2, $3, $4, 'Casa', 'casa', 'SANDBOX', $5, 'code', $6, $7, $5, $8, 'expireDate', $9, $5, $10, $5, $5))
     INSERT INTO properties (id, organization_id, connection_id, upstream_id, name) VALUES ($11, $2, $1, '324410', 'Casa')`,
    [
      id, organizationId, given.apiClientId, `property:${id}`, issuedAt, given.userId, sealed('access_token_sealed', tokens.accessToken),
      new Date(issuedAt.getTime() + LIFETIME_MS), sealed('refresh_token_sealed', tokens.refreshToken), given.dueAt, randomUUID(),
    ],
  )
  return id
}
