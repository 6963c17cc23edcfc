import { randomBytes, randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import type pg from 'pg'
import { callbackPath } from '@/contracts/paths'
import { ROLES, type Role } from '@/contracts/permissions'
import { SESSION_COOKIE, SESSION_LIFETIME_MS } from '@/server/auth/session-cookie'
import { digest, randomToken } from '@/server/crypto/digest'
import type { KeyRing } from '@/server/crypto/key-ring'
import { seal } from '@/server/crypto/seal'
import type { SandboxControl } from './console-sandbox'

export interface Person {
  readonly id: string
  readonly email: string
  readonly sessionId: string
  /** Cookie header of a living session. */
  readonly cookie: string
}

export interface TestApiClient {
  readonly id: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

export interface TestOrganization {
  readonly id: string
  readonly people: Readonly<Record<Role, Person>>
  /** Registered here and at the sandbox, with the console's own callback. */
  readonly apiClient: TestApiClient
}

/** What rows are made with. */
export interface Maker {
  readonly sql: pg.Client
  readonly keys: KeyRing
  readonly sandbox: SandboxControl
  readonly url: string
}

/** An organization with a signed-in person of each role and one API client of the sandbox, made by data. */
export async function makeOrganization(given: Maker & { readonly name: string }): Promise<TestOrganization> {
  const id = randomUUID()
  await given.sql.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [id, given.name])
  const people: Partial<Record<Role, Person>> = {}
  for (const role of ROLES) people[role] = await makePerson(given, { organizationId: id, role })
  return { id, people: people as Record<Role, Person>, apiClient: await makeApiClient(given, id) }
}

/** A person with one living session, and with a password when its hash is given. */
export async function makePerson(
  maker: Maker,
  given: { readonly organizationId: string; readonly role: Role; readonly passwordHash?: string },
): Promise<Person> {
  const id = randomUUID()
  const email = `${given.role}-${id.slice(0, 8)}@keyrack.example`
  await maker.sql.query('INSERT INTO users (id, email, name, password_hash) VALUES ($1, $2, $3, $4)', [
    id, email, `Robin ${given.role}`, given.passwordHash ?? null,
  ])
  await maker.sql.query('INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, $3)', [given.organizationId, id, given.role])
  return { id, email, ...(await makeSession(maker, { organizationId: given.organizationId, userId: id })) }
}

/** A living session as signing in would make it: next-auth's cookie around a random id whose digest is stored. */
export async function makeSession(
  { sql, keys }: Maker,
  given: { readonly organizationId: string; readonly userId: string },
): Promise<{ sessionId: string; cookie: string }> {
  const [sessionId, sessionToken, now] = [randomUUID(), randomToken(), new Date()]
  await sql.query(
    `INSERT INTO sessions (id, user_id, organization_id, token_digest, created_at, authenticated_at, last_seen_at, expires_at, address, user_agent)
     VALUES ($1, $2, $3, $4, $5, $5, $5, $6, '127.0.0.1', 'tests')`,
    [sessionId, given.userId, given.organizationId, digest(sessionToken), now, new Date(now.getTime() + SESSION_LIFETIME_MS)],
  )
  const token = await encode({ token: { sessionToken }, secret: keys.derive('next-auth').toString('base64url') })
  return { sessionId, cookie: `${SESSION_COOKIE}=${token}` }
}

/** An API client that exists here and at the sandbox. */
export async function makeApiClient(
  { sql, keys, sandbox, url }: Maker,
  organizationId: string,
  clientSecret = `sbx_${randomBytes(18).toString('base64url')}`,
): Promise<TestApiClient> {
  const id = randomUUID()
  const clientId = `client-${id.slice(0, 12)}`
  const redirectUri = `${url}${callbackPath(id)}`
  await sandbox.addApiClient({ clientId, clientSecret, redirectUris: [redirectUri] })
  const context = { table: 'api_clients', column: 'client_secret_sealed', organizationId, rowId: id, version: 1 }
  await sql.query(
    `INSERT INTO api_clients (id, organization_id, name, client_id, client_secret_sealed, client_secret_last4, secret_rotated_at, environment, upstream_id, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), 'SANDBOX', 'sandbox', now())`,
    [id, organizationId, `Client ${id.slice(0, 4)}`, clientId, seal(keys, context, clientSecret), clientSecret.slice(-4)],
  )
  return { id, clientId, clientSecret, redirectUri }
}
