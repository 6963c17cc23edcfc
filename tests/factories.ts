import { randomUUID } from 'node:crypto'
import type { Role } from '@/contracts/permissions'
import { registerApiClient } from '@/server/api-clients/register-api-client'
import { callbackUri } from '@/server/api-clients/redirect-uri'
import { db } from '@/server/db'
import type { Actor } from '@/server/http/define-handler'
import type { ApiClientDetail } from '@/contracts/api-clients'
import type { Rig } from './runtime'

export interface TestOrganization {
  readonly id: string
  readonly name: string
}

export async function makeOrganization(name = `Organization ${randomUUID().slice(0, 8)}`): Promise<TestOrganization> {
  return db().organization.create({ data: { name } })
}

/** A person who is signed in: in the organization given, or in a new one. */
export async function makeActor({ organization, role = 'owner' }: { organization?: TestOrganization; role?: Role } = {}): Promise<Actor> {
  const { id: organizationId, name: organizationName } = organization ?? (await makeOrganization())
  const handle = randomUUID().slice(0, 8)
  const [name, email] = [`Person ${handle}`, `${handle}@example.com`]
  const user = await db().user.create({ data: { name, email } })
  await db().membership.create({ data: { organizationId, userId: user.id, role } })
  return {
    viewer: { userId: user.id, sessionId: randomUUID(), organizationId, organizationName, role, name, email, mustEnrol: false },
    context: { requestId: randomUUID(), address: '192.0.2.7', userAgent: 'integration test' },
  }
}

/** Somebody else of the same organization. */
export function makeColleague({ viewer }: Actor, role: Role = 'owner'): Promise<Actor> {
  return makeActor({ organization: { id: viewer.organizationId, name: viewer.organizationName }, role })
}

export interface TestApiClient {
  readonly id: string
  readonly clientId: string
  readonly clientSecret: string
  readonly callbackUri: string
  readonly detail: ApiClientDetail
}

interface ApiClientWishes {
  readonly environment?: 'SANDBOX' | 'PRODUCTION'
  readonly upstreamId?: string
  /** What the sandbox has registered besides our callback. */
  readonly otherRedirectUris?: readonly string[]
  /** A redirect URI that is not our callback. */
  readonly redirectUri?: string
}

/** An API client of the actor's organization that the sandbox knows too, with our callback registered there. */
export async function makeApiClient({ sandbox }: Pick<Rig, 'sandbox'>, actor: Actor, wishes: ApiClientWishes = {}): Promise<TestApiClient> {
  const clientId = `client-${randomUUID()}`
  const clientSecret = `sbx_secret_${randomUUID()}`
  const { environment = 'SANDBOX', upstreamId = 'sandbox', otherRedirectUris = [], redirectUri } = wishes
  const detail = await registerApiClient(actor, {
    name: 'Channel manager', clientId, clientSecret, environment, upstreamId, apiVersion: 'v1', redirectUri,
  })
  const ours = callbackUri(detail.id)
  const redirectUris = [...otherRedirectUris, ours, ...(redirectUri ? [redirectUri] : [])]
  await sandbox.control.addApiClient({ clientId, clientSecret, environment, redirectUris })
  return { id: detail.id, clientId, clientSecret, callbackUri: ours, detail }
}
