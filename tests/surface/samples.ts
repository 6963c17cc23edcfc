import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Role } from '@/contracts/permissions'
import { endpointPath } from '@/contracts/paths'
import { seal } from '@/server/crypto/seal'
import { secretContext } from '@/server/two-factor/secret-context'
import { makeTotpSecret } from '@/server/two-factor/totp'
import type { TestConsole } from '../console'
import { makeApiClient, makePerson, makeSession, type TestOrganization } from '../make-organization'
import { makeConnection } from '../make-connection'
import { codeOfSecret } from '../totp-code'
import { plantMachineKeys } from '../plant-machine-keys'
import { makeImport } from '../make-import'
import { makeKeyMigration } from '../make-key-migration'
import { makeCampaign } from '../make-campaign'
import { makeLink } from '../make-link'
import { makeQuarantinedGrant } from '../make-quarantined-grant'
import { plantFreeze, plantIncident } from '../plant-incident'
import { plantMail } from '../plant-mail'
import { plantOperation } from '../plant-operations'
import { plantDelivery, plantWebhook } from '../plant-webhook'
import type { Ask } from '../ask'

/** Whose things a call is about, and as which of their people it is prepared. */
export interface Scene {
  readonly keyrack: TestConsole
  readonly organization: TestOrganization
  readonly role: Role
}

/** One right call of an endpoint, ready to be sent by somebody. */
export interface PreparedCall {
  readonly path: string
  readonly body?: Record<string, unknown>
  /** Cookie that has to come along besides the session's. */
  readonly cookie?: string
}

interface Parts {
  readonly params?: Record<string, string>
  readonly body?: Record<string, unknown>
  readonly query?: Record<string, string>
  readonly cookie?: string
}

type Prepare = (scene: Scene) => Promise<Parts>

const someSecret = () => `sbx_${randomBytes(12).toString('base64url')}`

const anApiClient: Prepare = async ({ keyrack, organization }) => ({ params: { id: (await makeApiClient(keyrack, organization.id)).id } })
const aConnection: Prepare = async ({ keyrack, organization }) => ({ params: { id: (await makeConnection(keyrack, organization)).id } })
/** A connection for an act of an incident; paused, or the engine would refresh it in the middle of another test. */
const aTarget = async ({ keyrack, organization }: Scene) => {
  const { id } = await makeConnection(keyrack, organization)
  await keyrack.sql.query('UPDATE connections SET refresh_paused_at = now() WHERE id = $1', [id])
  return { kind: 'connection', id }
}
const aMachineKey: Prepare = async ({ keyrack, organization }) => {
  const [planted] = await plantMachineKeys(keyrack, organization, [{ name: 'Back end' }])
  return { params: { id: planted?.id ?? '' } }
}
const anAdminToken: Prepare = async ({ keyrack, organization }) => {
  const { id } = await makeApiClient(keyrack, organization.id)
  const owner = organization.people.owner.cookie
  await keyrack.fetchWith(owner, `/api/api-clients/${id}/admin-token`, { method: 'POST', body: '{}' })
  const tokens = (await keyrack.fetchWith(owner, `/api/api-clients/${id}/admin-tokens`)).json() as { items: { id: string }[] }
  return { params: { id, tokenId: tokens.items[0]?.id ?? '' } }
}
const aWantedUri: Prepare = async (scene) => {
  const { params } = await anApiClient(scene)
  const wantedId = randomUUID()
  await scene.keyrack.sql.query(
    'INSERT INTO wanted_redirect_uris (id, organization_id, api_client_id, uri, created_at) VALUES ($1, $2, $3, $4, now())',
    [wantedId, scene.organization.id, params?.['id'], 'https://shop.example/back'],
  )
  return { params: { ...params, wantedId } }
}
const aLiveList: Prepare = async (scene) => {
  const { params } = await anApiClient(scene)
  await scene.keyrack.sql.query(
    `INSERT INTO live_configurations (api_client_id, organization_id, environment, redirect_uris, read_at, next_read_at)
     VALUES ($1, $2, 'SANDBOX', '{https://localhost}', now(), now() + interval '1 hour')`,
    [params?.['id'], scene.organization.id],
  )
  return { params: { ...params } }
}
const aWrite: Prepare = async (scene) => {
  const { params } = await anApiClient(scene)
  const writeId = randomUUID()
  await scene.keyrack.sql.query(
    `INSERT INTO redirect_uri_writes (id, organization_id, api_client_id, before, after, state, at)
     VALUES ($1, $2, $3, '{https://localhost}', '{}', 'verified', now())`,
    [writeId, scene.organization.id, params?.['id']],
  )
  return { params: { ...params, writeId }, body: { confirmation: '' } }
}
const aLetter: Prepare = async (scene) => {
  const { params } = await anApiClient(scene)
  const letterId = randomUUID()
  await scene.keyrack.sql.query(
    `INSERT INTO letters (id, organization_id, api_client_id, kind, drafted_at, drafted_by_user_id) VALUES ($1, $2, $3, 'production', now(), $4)`,
    [letterId, scene.organization.id, params?.['id'], scene.organization.people.owner.id],
  )
  return { params: { ...params, letterId } }
}
/** The list of an API client or of a machine key, with one entry. */
const aList = async (scene: Scene, holder: 'api_client_id' | 'machine_key_id') => {
  const { params } = await (holder === 'api_client_id' ? anApiClient(scene) : aMachineKey(scene))
  const [listId, entryId] = [randomUUID(), randomUUID()]
  const { keyrack: { sql }, organization } = scene
  await sql.query(`INSERT INTO address_lists (id, organization_id, ${holder}, revision) VALUES ($1, $2, $3, 1)`, [listId, organization.id, params?.['id']])
  await sql.query(
    `INSERT INTO address_entries (id, organization_id, list_id, position, block, comment, owner, created_at)
     VALUES ($1, $2, $3, 0, '8.8.8.0/25', 'office', 'Ada', now())`,
    [entryId, organization.id, listId],
  )
  return { params: { ...params }, listId, entryId }
}
/** What can be done to either of the two lists. */
const listSamples = (path: string, holder: 'api_client_id' | 'machine_key_id'): Readonly<Record<string, Prepare>> => {
  const withBody = (body: Record<string, unknown>): Prepare => async (scene) => ({ params: (await aList(scene, holder)).params, body })
  const withEntries = (more: Record<string, unknown> = {}): Prepare => async (scene) => {
    const { params, entryId } = await aList(scene, holder)
    return { params, body: { entryIds: [entryId], ...more } }
  }
  const wish = { format: 'text', text: '9.9.9.9', mode: 'add', comment: 'imported' }
  return {
    [`GET ${path}`]: async (scene) => ({ params: (await aList(scene, holder)).params }),
    [`POST ${path}/entries`]: withBody({ block: '9.9.9.9', comment: 'data center' }),
    [`PATCH ${path}/entries/:entryId`]: async (scene) => {
      const { params, entryId } = await aList(scene, holder)
      return { params: { ...params, entryId }, body: { comment: 'moved' } }
    },
    [`POST ${path}/removals`]: withEntries({ confirmation: { empty: true } }),
    [`POST ${path}/order`]: withEntries(),
    [`POST ${path}/reviews`]: withEntries(),
    [`POST ${path}/import/preview`]: withBody(wish),
    [`POST ${path}/import`]: withBody({ ...wish, revision: 1 }),
    [`GET ${path}/export`]: async (scene) => ({ params: (await aList(scene, holder)).params }),
    [`POST ${path}/merge`]: async (scene) => {
      const { params, listId } = await aList(scene, holder)
      await scene.keyrack.sql.query(
        `INSERT INTO address_entries (id, organization_id, list_id, position, block, comment, owner, created_at)
         VALUES ($1, $2, $3, 1, '8.8.8.128/25', 'office', 'Ada', now())`,
        [randomUUID(), scene.organization.id, listId],
      )
      return { params, body: { revision: 1 } }
    },
    [`GET ${path}/check`]: async (scene) => ({ params: (await aList(scene, holder)).params, query: { address: '8.8.8.8' } }),
  }
}
const aRequestedList: Prepare = async (scene) => {
  const { params, listId } = await aList(scene, 'api_client_id')
  const versionId = randomUUID()
  await scene.keyrack.sql.query(
    `INSERT INTO whitelist_versions (id, organization_id, list_id, number, blocks, letter_id, requested_at) VALUES ($1, $2, $3, 1, '{8.8.8.0/25}', $4, now())`,
    [versionId, scene.organization.id, listId, randomUUID()],
  )
  return { params: { ...params, versionId }, body: { how: 'mail' } }
}
const aLink: Prepare = async ({ keyrack, organization }) => ({ params: { id: (await makeLink(keyrack, organization)).id } })
const aCampaign = (channel: 'mail' | 'csv' = 'mail'): Prepare => async ({ keyrack, organization }) => ({
  params: { id: (await makeCampaign(keyrack, organization, { channel })).id },
})
const aRecipient: Prepare = async ({ keyrack, organization }) => {
  const { id, recipientId } = await makeCampaign(keyrack, organization)
  return { params: { id, recipientId } }
}
const aQuarantinedGrant: Prepare = async ({ keyrack, organization }) => ({ params: { id: await makeQuarantinedGrant(keyrack, organization) } })
const aReturnAddress: Prepare = async (scene) => {
  const { params } = await anApiClient(scene)
  const addressId = randomUUID()
  await scene.keyrack.sql.query(
    'INSERT INTO return_addresses (id, organization_id, api_client_id, uri, created_by_user_id, created_at) VALUES ($1, $2, $3, $4, $5, now())',
    [addressId, scene.organization.id, params?.['id'], 'https://shop.example/done', scene.organization.people.owner.id],
  )
  return { params: { ...params, addressId } }
}
const anIncident = (kind: 'real' | 'drill') => async (scene: Scene) => {
  await freshly(scene)
  return { params: { id: await plantIncident(scene.keyrack, scene.organization, { kind }) } }
}
const aFrozenOrganization = async (scene: Scene) => {
  const { params } = await anIncident('drill')(scene)
  await scene.keyrack.sql.query(
    `INSERT INTO freezes (id, organization_id, target_kind, target_id, only_sandbox, reason, frozen_by_user_id, frozen_at)
     VALUES ($1, $2, 'organization', $2, true, 'A drill', $3, now())`,
    [randomUUID(), scene.organization.id, scene.organization.people.owner.id],
  )
  return { params }
}
const aWebhook: Prepare = async ({ keyrack, organization }) => ({ params: { id: await plantWebhook(keyrack, organization) } })
const aMail: Prepare = async ({ keyrack, organization }) => ({ params: { id: await plantMail(keyrack, organization) } })
const nothing: Prepare = async () => ({})
/** People of these tests have no password: a sign-in of this very moment counts. */
const freshly = async ({ keyrack, organization, role }: Scene): Promise<void> => {
  await keyrack.sql.query('UPDATE sessions SET authenticated_at = now() WHERE id = $1', [organization.people[role].sessionId])
}
const aPerson: Prepare = async (scene) => {
  await freshly(scene)
  const { id, sessionId } = await makePerson(scene.keyrack, { organizationId: scene.organization.id, role: 'developer' })
  return { params: { id, sessionId }, body: { password: '' } }
}
const anInvitation: Prepare = async ({ keyrack, organization }) => {
  const id = randomUUID()
  await keyrack.sql.query(
    `INSERT INTO invitations (id, organization_id, email, role, token_digest, created_by_user_id, created_at, expires_at)
     VALUES ($1, $2, $3, 'viewer', $4, $5, now(), now() + interval '1 day')`,
    [id, organization.id, `${id}@keyrack.example`, id, organization.people.owner.id],
  )
  return { params: { id } }
}
/** A second factor of whoever calls: begun, or on; and a code that is right at this moment. */
const aSecondFactor = (isOn: boolean) => async (scene: Scene): Promise<Parts> => {
  await freshly(scene)
  const userId = scene.organization.people[scene.role].id
  const secret = makeTotpSecret()
  await scene.keyrack.sql.query('DELETE FROM two_factors WHERE user_id = $1', [userId])
  await scene.keyrack.sql.query(
    `INSERT INTO two_factors (user_id, secret_sealed, version, created_at, confirmed_at) VALUES ($1, $2, 1, now(), $3)`,
    [userId, seal(scene.keyrack.keys, secretContext({ userId, version: 1 }), secret), isOn ? new Date() : null],
  )
  return isOn ? { body: { password: '' } } : { body: { code: codeOfSecret(secret) } }
}
const aLinkToken = () => randomBytes(32).toString('base64url')
const anImport = async ({ keyrack, organization }: Scene, state: 'running' | 'finished') => ({
  params: { id: await makeImport(keyrack, organization, { state }) },
})

/** A lease that ends ten minutes ahead or later is taken for one of a clock that went back: it is prolonged again and again. */
const HOLD = `UPDATE connections SET lease_owner = 'a test', lease_until = now() + interval '9 minutes'`
/** A connection of an API client of its own that somebody has in hand, so that no engine changes it in the middle of a test. */
const aHeldConnection = async ({ keyrack, organization }: Scene) => {
  const apiClient = await makeApiClient(keyrack, organization.id)
  const { id } = await makeConnection(keyrack, { ...organization, apiClient })
  await keyrack.sql.query(`${HOLD} WHERE id = $1`, [id])
  return { id, apiClientId: apiClient.id }
}
const aTopUpToStart: Prepare = async (scene) => {
  const { apiClientId } = await aHeldConnection(scene)
  await scene.keyrack.sql.query('UPDATE top_ups SET cancelled_at = now() WHERE organization_id = $1', [scene.organization.id])
  return { body: { apiClientId } }
}
const aTopUp: Prepare = async (scene) => {
  const [connection, id] = [await aHeldConnection(scene), randomUUID()]
  const { organization, role, keyrack } = scene
  await keyrack.sql.query(
    'INSERT INTO top_ups (id, organization_id, api_client_id, started_by_user_id, started_at, planned_until) VALUES ($1, $2, $3, $4, now(), now())',
    [id, organization.id, connection.apiClientId, organization.people[role].id],
  )
  await keyrack.sql.query(
    'INSERT INTO top_up_connections (top_up_id, connection_id, organization_id, seen_version, due_at) SELECT $1, id, organization_id, access_token_version, next_refresh_at FROM connections WHERE id = $2',
    [id, connection.id],
  )
  return { params: { id } }
}
const aKeyMigration = async ({ keyrack, organization }: Scene, state: 'running' | 'paused' | 'finished') => ({
  params: { id: (await makeKeyMigration(keyrack, organization, { state })).id },
})
const anOldKey: Prepare = async ({ keyrack, organization }) => {
  const { oldKeyId } = await makeKeyMigration(keyrack, organization, { state: 'finished' })
  return { body: { ids: [oldKeyId] } }
}

/** How to call each endpoint rightly. An endpoint without an entry here fails the suite. */
export const SAMPLES: Readonly<Record<string, Prepare>> = {
  'GET /api/api-clients': nothing,
  'GET /api/api-clients/:id': anApiClient,
  'POST /api/api-clients': async () => ({
    body: { name: 'Another client', clientId: `another-${randomUUID()}`, clientSecret: someSecret(), environment: 'SANDBOX', upstreamId: 'sandbox' },
  }),
  'PATCH /api/api-clients/:id': async (scene) => ({ ...(await anApiClient(scene)), body: { name: 'Renamed' } }),
  'GET /api/api-clients/:id/secret': anApiClient,
  'POST /api/api-clients/:id/secret': async (scene) => ({ ...(await anApiClient(scene)), body: { clientSecret: someSecret(), unverified: true } }),
  'DELETE /api/api-clients/:id': anApiClient,
  'POST /api/api-clients/:id/admin-token': anApiClient,
  'POST /api/api-clients/:id/callback': anApiClient,
  'POST /api/api-clients/:id/preflight': anApiClient,
  'GET /api/api-clients/:id/calls': async (scene) => ({ ...(await anApiClient(scene)), query: { act: 'redirect_uris' } }),
  'GET /api/api-clients/:id/properties': anApiClient,
  'POST /api/api-clients/:id/properties': async (scene) => ({
    ...(await anApiClient(scene)),
    body: { name: 'Casa Nuova', givenName: 'Ada', familyName: 'Neri', email: `${randomUUID()}@casanuova.example` },
  }),
  'POST /api/xray': async ({ organization }) => {
    const { clientId, clientSecret } = organization.apiClient
    return { body: { clientId, clientSecret, upstreamId: 'sandbox' } }
  },
  'GET /api/api-clients/:id/admin-tokens': anApiClient,
  'POST /api/api-clients/:id/admin-tokens/:tokenId/test': anAdminToken,
  'POST /api/api-clients/:id/admin-tokens/:tokenId/reveal': async (scene) => {
    // These people have no password: a fresh sign-in counts.
    await scene.keyrack.sql.query('UPDATE sessions SET authenticated_at = now() WHERE id = $1', [scene.organization.people[scene.role].sessionId])
    return { ...(await anAdminToken(scene)), body: { password: '', reason: 'ticket 4711' } }
  },
  'POST /api/api-clients/:id/configuration/read': anApiClient,
  'POST /api/api-clients/:id/configuration/preview': async (scene) => ({ ...(await anApiClient(scene)), body: { change: { category: 'OTA' } } }),
  'PATCH /api/api-clients/:id/configuration': async (scene) => ({ ...(await anApiClient(scene)), body: { change: { category: 'OTA' }, seen: { category: null } } }),
  'POST /api/api-clients/:id/configuration/production': async (scene) => {
    const { params } = await anApiClient(scene)
    return { params: { ...params }, body: { name: `Client ${params?.['id']?.slice(0, 4)}` } }
  },
  'GET /api/api-clients/:id/redirect-uris': anApiClient,
  'POST /api/api-clients/:id/redirect-uris/read': anApiClient,
  'POST /api/api-clients/:id/redirect-uris/wanted': async (scene) => ({ ...(await anApiClient(scene)), body: { uri: 'https://shop.example/back' } }),
  'DELETE /api/api-clients/:id/redirect-uris/wanted/:wantedId': aWantedUri,
  'POST /api/api-clients/:id/redirect-uris/adopt': aLiveList,
  'POST /api/api-clients/:id/redirect-uris/write': async (scene) => ({ ...(await anApiClient(scene)), body: { add: ['https://shop.example/back'], remove: [] } }),
  'POST /api/api-clients/:id/redirect-uris/writes/:writeId/undo': aWrite,
  'GET /api/api-clients/:id/letters': anApiClient,
  'POST /api/api-clients/:id/letters': async (scene) => ({ ...(await anApiClient(scene)), body: { kind: 'production' } }),
  'POST /api/api-clients/:id/letters/:letterId/sent': aLetter,
  ...listSamples('/api/api-clients/:id/ip-whitelist', 'api_client_id'),
  'POST /api/api-clients/:id/ip-whitelist/versions': async (scene) => ({ params: (await aList(scene, 'api_client_id')).params, body: { revision: 1 } }),
  'POST /api/api-clients/:id/ip-whitelist/versions/:versionId/confirm': aRequestedList,
  'POST /api/api-clients/:id/ip-whitelist/verifications': async (scene) => ({ ...(await anApiClient(scene)), body: { propertyId: '324410' } }),
  ...listSamples('/api/machine-keys/:id/restriction', 'machine_key_id'),
  'POST /api/machine-keys/:id/restriction/mode': async (scene) => ({ params: (await aList(scene, 'machine_key_id')).params, body: { mode: 'report_only' } }),
  'POST /api/machine-keys/:id/restriction/replay': async (scene) => ({ ...(await aMachineKey(scene)), body: { blocks: ['8.8.8.8'] } }),
  'GET /api/client-address': nothing,
  'GET /api/connections': nothing,
  'GET /api/connections/buckets': nothing,
  'GET /api/search': async () => ({ query: { q: 'casa' } }),
  'GET /api/connections/:id': aConnection,
  'POST /api/connections/:id/refresh': aConnection,
  'POST /api/connections/:id/disconnect': aConnection,
  'POST /api/connections/:id/pause-refresh': async (scene) => ({ ...(await aConnection(scene)), body: { reason: 'Octorate looks into it' } }),
  'POST /api/connections/:id/resume-refresh': async (scene) => {
    const { params } = await aConnection(scene)
    await scene.keyrack.sql.query('UPDATE connections SET refresh_paused_at = now() WHERE id = $1', [params?.['id']])
    return { params: { ...params } }
  },
  'PATCH /api/connections/:id/properties': async (scene) => ({ ...(await aConnection(scene)), body: { linked: ['324410'] } }),
  'POST /oauth/authorize': async ({ organization }) => ({ body: { apiClientId: organization.apiClient.id } }),
  'GET /api/authorizations/:id': async (scene) => ({ params: { id: (await startFlow(scene)).authorizationId } }),
  'POST /api/authorizations/:id/complete': async (scene) => {
    const flow = await startFlow(scene)
    return { params: { id: flow.authorizationId }, body: { address: flow.returnAddress }, cookie: flow.cookie }
  },
  'GET /api/connections/:id/hand-outs': aConnection,
  'GET /api/machine-keys/:id/hand-outs': aMachineKey,
  'GET /api/machine-keys': nothing,
  'GET /api/machine-keys/:id': aMachineKey,
  'POST /api/machine-keys': async () => ({ body: { name: 'Back end', environment: 'SANDBOX', scopes: ['tokens:read'] } }),
  'POST /api/machine-keys/:id/successor': async (scene) => ({ ...(await aMachineKey(scene)), body: { oldKey: { endsInHours: 24 } } }),
  'DELETE /api/machine-keys/:id': aMachineKey,
  'GET /api/runway': nothing,
  'GET /api/runway/forecast': nothing,
  'GET /api/doctor': nothing,
  'GET /api/top-ups': nothing,
  'GET /api/top-ups/plan': nothing,
  'POST /api/top-ups': aTopUpToStart,
  'POST /api/top-ups/:id/cancel': aTopUp,
  'GET /api/operations': nothing,
  'GET /api/operations/causes': nothing,
  'GET /api/operations/:id': async ({ keyrack, organization }) => ({ params: { id: await plantOperation(keyrack, organization) } }),
  'GET /api/webhooks': nothing,
  'POST /api/webhooks': async () => ({ body: { kind: 'signed', name: 'Back end', url: 'https://hooks.example.com/keyrack', events: ['quota.low'] } }),
  'GET /api/webhooks/:id': aWebhook,
  'PATCH /api/webhooks/:id': async (scene) => ({ ...(await aWebhook(scene)), body: { name: 'Renamed' } }),
  'DELETE /api/webhooks/:id': aWebhook,
  'POST /api/webhooks/:id/secret': async (scene) => ({ ...(await aWebhook(scene)), body: { overlapHours: 1 } }),
  'POST /api/webhooks/:id/test': aWebhook,
  'GET /api/webhooks/:id/deliveries': aWebhook,
  'POST /api/webhooks/:id/deliveries/:deliveryId/again': async (scene) => {
    const { params } = await aWebhook(scene)
    return { params: { ...params, deliveryId: await plantDelivery(scene.keyrack, scene.organization, params?.['id'] ?? '') } }
  },
  'GET /api/alerts': nothing,
  'PATCH /api/alerts/settings': async () => ({ body: { muted: [], roles: ['owner'], addresses: [], quiet: null, timeZone: 'UTC' } }),
  'GET /api/mails': nothing,
  'GET /api/mails/:id': aMail,
  'POST /api/mails/:id/open': aMail,
  'POST /api/mails/:id/again': aMail,
  'POST /api/mails/test': nothing,
  'GET /api/imports': nothing,
  // On trust and for what is connected: nobody is asked and nothing is stored once the answer is there.
  'POST /api/imports': async ({ keyrack, organization }) => {
    const { id } = await makeConnection(keyrack, organization)
    const lines = [{ number: 1, refreshToken: someSecret(), propertyId: id }]
    return { body: { apiClientId: organization.apiClient.id, name: 'A cohort', probe: false, lines } }
  },
  'POST /api/imports/check': async ({ organization }) => ({ body: { apiClientId: organization.apiClient.id, propertyIds: ['324410'] } }),
  'GET /api/imports/:id': async (scene) => anImport(scene, 'finished'),
  'GET /api/imports/:id/lines': async (scene) => anImport(scene, 'finished'),
  'POST /api/imports/:id/cancel': async (scene) => anImport(scene, 'running'),
  'POST /api/imports/:id/hand-back': async (scene) => anImport(scene, 'finished'),
  'POST /api/imports/:id/retry': async (scene) => anImport(scene, 'finished'),
  'GET /api/audit': nothing,
  'GET /api/audit/export': nothing,
  'GET /api/audit/verification': nothing,
  'GET /api/people': nothing,
  'GET /api/people/:id': async (scene) => ({ params: { ...(await aPerson(scene)).params } }),
  'PATCH /api/people/:id': async (scene) => ({ ...(await aPerson(scene)), body: { newRole: 'viewer', password: '' } }),
  'DELETE /api/people/:id': aPerson,
  'DELETE /api/people/:id/sessions': async (scene) => ({ params: { ...(await aPerson(scene)).params } }),
  'DELETE /api/people/:id/sessions/:sessionId': async (scene) => ({ params: { ...(await aPerson(scene)).params } }),
  'DELETE /api/people/:id/two-factor': async (scene) => {
    const { params, body } = await aPerson(scene)
    await scene.keyrack.sql.query(
      `INSERT INTO two_factors (user_id, secret_sealed, version, created_at, confirmed_at) VALUES ($1, 'v1', 1, now(), now())`,
      [params?.['id']],
    )
    return { params: { ...params }, body: { ...body } }
  },
  'POST /api/invitations': async () => ({ body: { email: `${randomUUID()}@keyrack.example`, asRole: 'support', password: '' } }),
  'DELETE /api/invitations/:id': anInvitation,
  'POST /api/invitations/open': async () => ({ body: { token: aLinkToken() } }),
  'POST /api/invitations/accept': async () => ({ body: { token: aLinkToken(), account: null } }),
  'POST /api/owner-recovery': async () => ({ body: { token: aLinkToken(), password: 'a long passphrase of an intruder' } }),
  'GET /api/organization': nothing,
  'PATCH /api/organization': async () => ({ body: { name: 'Northwind Hotels Software' } }),
  'POST /api/organizations': async () => ({ body: { name: 'A further one' } }),
  'POST /api/organizations/:id/choose': async ({ organization }) => ({ params: { id: organization.id } }),
  'GET /api/viewer': nothing,
  'GET /api/two-factor': nothing,
  'POST /api/two-factor': async (scene) => {
    await aSecondFactor(false)(scene)
    return { body: { password: '' } }
  },
  'POST /api/two-factor/confirmation': aSecondFactor(false),
  'POST /api/two-factor/recovery-codes': aSecondFactor(true),
  'DELETE /api/two-factor': aSecondFactor(true),
  'GET /api/key-migrations': nothing,
  // For what is connected: such a line is skipped, and nothing is sent.
  'POST /api/key-migrations': async ({ keyrack, organization }) => {
    const { id } = await makeConnection(keyrack, organization)
    // Of its own: a migration that is not over keeps another of the same property out.
    const propertyId = String(randomInt(600_000, 999_999))
    await keyrack.sql.query('UPDATE properties SET upstream_id = $1 WHERE connection_id = $2', [propertyId, id])
    const lines = [{ number: 1, key: someSecret(), propertyId }]
    return { body: { apiClientId: organization.apiClient.id, name: 'Old hotels', lines } }
  },
  'POST /api/key-migrations/check': async ({ organization }) => ({ body: { apiClientId: organization.apiClient.id, propertyIds: ['324410'] } }),
  'GET /api/key-migrations/:id': async (scene) => aKeyMigration(scene, 'finished'),
  'PATCH /api/key-migrations/:id': async (scene) => ({ ...(await aKeyMigration(scene, 'running')), body: { perSecond: 2 } }),
  'GET /api/key-migrations/:id/lines': async (scene) => aKeyMigration(scene, 'finished'),
  'GET /api/key-migrations/:id/report': async (scene) => aKeyMigration(scene, 'finished'),
  'POST /api/key-migrations/:id/pause': async (scene) => aKeyMigration(scene, 'running'),
  'POST /api/key-migrations/:id/resume': async (scene) => aKeyMigration(scene, 'paused'),
  'POST /api/key-migrations/:id/cancel': async (scene) => aKeyMigration(scene, 'running'),
  'POST /api/key-migrations/:id/retry': async (scene) => aKeyMigration(scene, 'finished'),
  'GET /api/old-keys': nothing,
  'POST /api/old-keys/retire': anOldKey,
  'POST /api/old-keys/erase': anOldKey,
  'GET /api/campaigns': nothing,
  'POST /api/campaigns/check': async (scene) => ({ body: { selection: { connectionIds: [(await aConnection(scene)).params?.['id'] ?? ''] } } }),
  // By file: nothing goes out by itself, so that a snapshot of the database stays as it is.
  'POST /api/campaigns': async (scene) => ({
    body: {
      selection: { connectionIds: [(await aConnection(scene)).params?.['id'] ?? ''] },
      name: 'After the outage', reason: 'Octorate cancelled the grants', ticket: 'T-4711', language: 'it', life: '7d', channel: 'csv',
    },
  }),
  'GET /api/campaigns/:id': aCampaign(),
  'POST /api/campaigns/:id/stop': aCampaign(),
  'POST /api/campaigns/:id/file': aCampaign('csv'),
  'GET /api/campaigns/:id/recipients': aCampaign(),
  'POST /api/campaigns/:id/recipients/:recipientId/phone-code': aRecipient,
  'GET /api/campaigns/:id/phone-list': aCampaign(),
  'GET /api/campaigns/:id/phone-list/export': aCampaign(),
  'POST /api/contacts/check': async () => ({ body: { text: 'property id,name\n324410,Marco Bianchi\n' } }),
  'POST /api/contacts/import': async (scene) => ({ body: { text: `connection id,name\n${(await aConnection(scene)).params?.['id'] ?? ''},Marco Bianchi\n` } }),
  'GET /api/links': nothing,
  'GET /api/links/:id': aLink,
  'POST /api/links/:id/revoke': aLink,
  'POST /api/links/:id/phone-code': aLink,
  'POST /api/links/reconnect': async ({ keyrack, organization }) => ({
    body: { connectionIds: [(await makeConnection(keyrack, organization)).id], language: 'it', life: '24h', ticket: 'T-4711' },
  }),
  'POST /api/links/connect': async ({ organization }) => ({ body: { apiClientId: organization.apiClient.id, language: 'en', life: '7d' } }),
  'GET /api/link-settings': nothing,
  'PATCH /api/link-settings': async () => ({ body: { ticketUrl: `https://desk.example/${randomUUID()}/{ticket}` } }),
  'PATCH /api/connections/:id/contact': async (scene) => ({
    ...(await aConnection(scene)),
    body: { name: 'Marco Bianchi', email: 'marco@locandabianchi.example', language: 'it', phone: '+39 041 555 0100' },
  }),
  'GET /api/quarantined-grants': nothing,
  'GET /api/quarantined-grants/:id': aQuarantinedGrant,
  'POST /api/quarantined-grants/:id/connect': aQuarantinedGrant,
  'POST /api/quarantined-grants/:id/erase': aQuarantinedGrant,
  'GET /api/api-clients/:id/return-addresses': anApiClient,
  'POST /api/api-clients/:id/return-addresses': async (scene) => ({ ...(await anApiClient(scene)), body: { uri: 'https://shop.example/done' } }),
  'DELETE /api/api-clients/:id/return-addresses/:addressId': aReturnAddress,
  'GET /api/freezes': nothing,
  'POST /api/freezes': async (scene) => ({ body: { kind: 'connection', targetId: (await aConnection(scene)).params?.['id'], reason: 'A key leaked' } }),
  'POST /api/freezes/:id/lift': async ({ keyrack, organization }) => {
    const { id } = await makeConnection(keyrack, organization)
    return { params: { id: await plantFreeze(keyrack, organization, id) }, body: { reason: 'It was none' } }
  },
  'GET /api/incidents': nothing,
  'GET /api/incidents/:id': anIncident('drill'),
  'POST /api/incidents': async (scene) => {
    // One of a kind at a time.
    await scene.keyrack.sql.query('UPDATE incidents SET closed_at = now() WHERE organization_id = $1 AND closed_at IS NULL', [scene.organization.id])
    return { body: { kind: 'drill', summary: 'A key leaked' } }
  },
  'POST /api/incidents/:id/freeze': anIncident('drill'),
  'POST /api/incidents/:id/thaw': async (scene) => ({ ...(await aFrozenOrganization(scene)), body: { reason: 'It was none', password: '' } }),
  'POST /api/incidents/:id/end-machine-keys': async (scene) => ({ ...(await anIncident('drill')(scene)), body: { password: '' } }),
  // Those that live are needed by the other calls.
  'POST /api/incidents/:id/end-sessions': async (scene) => ({
    ...(await anIncident('real')(scene)), body: { password: '', begunBefore: '2020-01-01T00:00:00Z' },
  }),
  'POST /api/incidents/:id/drop-access-tokens': async (scene) => ({ ...(await anIncident('drill')(scene)), body: { target: await aTarget(scene), password: '' } }),
  'POST /api/incidents/:id/mark-for-reconnect': async (scene) => ({ ...(await anIncident('drill')(scene)), body: { target: await aTarget(scene), password: '' } }),
  'POST /api/incidents/:id/steps/:step': async (scene) => {
    const { params } = await anIncident('drill')(scene)
    return { params: { ...params, step: 'letter' }, body: { isDone: true } }
  },
  'POST /api/incidents/:id/close': anIncident('drill'),
  'GET /api/inventory': async () => ({ query: { kind: 'webhook_secret' } }),
  'GET /api/inventory/export': nothing,
  'GET /api/access-review/export': nothing,
  'GET /api/sessions': nothing,
  'DELETE /api/sessions': nothing,
  'DELETE /api/sessions/:id': async ({ keyrack, organization, role }) => {
    const { sessionId } = await makeSession(keyrack, { organizationId: organization.id, userId: organization.people[role].id })
    return { params: { id: sessionId } }
  },
  'POST /api/set-up': async () => ({
    body: {
      code: 'AAAAA-BBBBB-CCCCC-DDDDD', organizationName: 'Intruder', name: 'Intruder', email: 'intruder@keyrack.example',
      password: 'a long passphrase of an intruder',
    },
  }),
}

/** Prepares a right call of `METHOD /path/:id`. */
export async function prepare(endpointName: string, scene: Scene): Promise<PreparedCall> {
  const make = SAMPLES[endpointName]
  if (!make) throw new Error(`tests/surface/samples.ts has no entry for ${endpointName}`)
  const { params = {}, query, body, cookie } = await make(scene)
  await scene.keyrack.sql.query(`${HOLD} WHERE lease_owner = 'a test'`)
  const search = query ? `?${new URLSearchParams(query)}` : ''
  const path = `${endpointPath(endpointName.split(' ')[1] ?? '', params)}${search}`
  return { path, ...(body ? { body } : {}), ...(cookie ? { cookie } : {}) }
}

/** Sends a prepared call with this session cookie, or none. */
export function send(keyrack: TestConsole, given: { method: string; call: PreparedCall; session: string | null; init?: Ask }) {
  const { method, call, session, init } = given
  const cookie = [session, call.cookie].filter(Boolean).join('; ')
  return keyrack.fetchWith(cookie || null, call.path, {
    method,
    ...(call.body ? { body: JSON.stringify(call.body) } : {}),
    ...init,
  })
}

export interface StartedFlow {
  readonly authorizationId: string
  readonly cookie: string
  readonly state: string
  readonly code: string
  /** Where Octorate would send the browser after consent. */
  readonly returnAddress: string
}

/** Starts a consent flow as somebody who may, and lets the hotelier approve it. */
export async function startFlow({ keyrack, organization, role }: Scene, apiClient = organization.apiClient): Promise<StartedFlow> {
  const starter = role === 'viewer' ? 'owner' : role
  const answer = await keyrack.fetchWith(organization.people[starter].cookie, '/oauth/authorize', {
    method: 'POST',
    body: JSON.stringify({ apiClientId: apiClient.id }),
  })
  if (answer.status !== 200) throw new Error(`a flow could not be started: ${answer.whole}`)
  const { authorizationId, location, redirectUri } = answer.json() as { authorizationId: string; location: string; redirectUri: string }
  const state = new URL(location).searchParams.get('state') ?? ''
  const consent = await keyrack.sandbox.consent({
    clientId: apiClient.clientId, redirectUri, state, username: 'marco.bianchi', properties: ['324410'],
  })
  const cookie = (answer.setCookies[0] ?? '').split(';', 1)[0] ?? ''
  return { authorizationId, cookie, state, code: consent.code ?? '', returnAddress: consent.location }
}
