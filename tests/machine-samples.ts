import { db } from '@/server/db'
import type { MachineSetting } from './machine-setting'
import { holdOldKeys } from './old-keys'
import { holdToken } from './old-system'
import type { Rig } from './runtime'

/** One right call of an endpoint of the machine API about the setting's connection. */
export interface MachineSample {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Where the key has to be tied to; nothing unless the endpoint asks for it. */
  readonly tiedTo?: readonly string[]
  /** What a key may be answered that must not see the connection: a code, or 200 where a list is empty. */
  readonly foreign: readonly (string | number)[]
}

type Prepare = (rig: Rig, setting: MachineSetting) => MachineSample | Promise<MachineSample>

const ofConnection: Prepare = (_rig, { connectionId }) => ({ params: { id: connectionId }, foreign: ['not_found'] })
// A stranger's own connection covers a property of the same id.
const ofProperty: Prepare = () => ({ params: { propertyId: '324410' }, foreign: ['not_found', 200] })

/** A token of another property of the same hotelier, in the integrator's old system. */
const heldToken = async (rig: Rig, { apiClient }: MachineSetting) => (await holdToken(rig, apiClient, '324417')).refreshToken

const anImport: Prepare = async (rig, { apiClient, subject, key }) => {
  const { id } = await db().connectionImport.create({
    data: {
      organizationId: subject.organizationId, apiClientId: apiClient.id, name: 'Night', probe: true, digest: crypto.randomUUID(), total: 1,
      actorKind: 'machine_key', actorId: key.id, createdAt: rig.clock.date,
    },
  })
  return { params: { id }, foreign: ['not_found'] }
}

const ofApiClient: Prepare = (_rig, { apiClient }) => ({ params: { id: apiClient.id }, foreign: ['not_found', 'machine_key_properties'] })

const anEntry: Prepare = async (rig, setting) => {
  const organizationId = setting.subject.organizationId
  const list = await db().addressList.create({
    data: {
      organizationId, apiClientId: setting.apiClient.id,
      entries: { create: { organizationId, position: 0, block: '8.8.8.8', comment: 'office', owner: 'Ada', createdAt: rig.clock.date } },
    },
    include: { entries: true },
  })
  return { ...(await ofApiClient(rig, setting)), params: { id: setting.apiClient.id, entryId: list.entries[0]?.id ?? '' }, query: { empty: 'true' } }
}

const someOldKeys: Prepare = async (rig, { apiClient }) => ({
  query: { apiClientId: apiClient.id },
  body: (await holdOldKeys(rig, apiClient, ['324410'])).map(({ key, propertyId }) => `${JSON.stringify({ key, propertyId })}\n`).join(''),
  headers: { 'content-type': 'application/x-ndjson' },
  foreign: ['not_found', 'machine_key_properties'],
})

const aKeyMigration = (state: 'running' | 'paused' | 'finished'): Prepare => async (rig, { apiClient, subject, key }) => {
  const { organizationId } = subject
  const at = rig.clock.date
  const { id } = await db().keyMigration.create({
    data: {
      organizationId, apiClientId: apiClient.id, name: 'Night', digest: crypto.randomUUID(), total: 1, actorKind: 'machine_key', actorId: key.id,
      gapMs: 0, nextSlotAt: at, state, createdAt: at, updatedAt: at, finishedAt: state === 'finished' ? at : null,
    },
  })
  const oldKey = await db().oldKey.create({
    data: { organizationId, propertyId: '324410', keyLast4: 'abcd', fingerprint: id, migrationId: id, addedAt: at },
  })
  await db().keyLine.create({
    data: {
      migrationId: id, number: 1, propertyId: '324410', oldKeyId: oldKey.id, state: 'failed', reason: 'old_key_refused',
      connectionId: crypto.randomUUID(), nextTryAt: at, updatedAt: at,
    },
  })
  return { params: { id }, foreign: ['not_found'] }
}

/** A failed line whose key is still there. */
const aFailedLine: Prepare = async (rig, setting) => {
  const sample = await aKeyMigration('finished')(rig, setting)
  await db().oldKey.updateMany({ where: { migrationId: sample.params?.['id'] ?? '' }, data: { keySealed: 'sealed' } })
  return sample
}

/** By method and path: an endpoint without a sample fails the tests, because nothing would show whom it serves. */
const SAMPLES: Readonly<Record<string, Prepare>> = {
  'GET /connections': () => ({ foreign: [200] }),
  'GET /connections/:id': ofConnection,
  'GET /runway': () => ({ foreign: [200] }),
  'GET /properties': () => ({ foreign: [200] }),
  'GET /properties/:propertyId': ofProperty,
  'GET /connections/:id/access-token': ofConnection,
  'GET /properties/:propertyId/access-token': ofProperty,
  'POST /access-tokens': (_rig, { connectionId }) => ({ body: { connections: [connectionId], properties: [] }, foreign: [200] }),
  'POST /connections/:id/access-token/rejected': async (rig, setting) => ({
    ...(await ofConnection(rig, setting)),
    body: { fingerprint: '0123456789abcdef', status: 401 },
  }),
  'POST /connections/:id/refresh': ofConnection,
  'DELETE /connections/:id': ofConnection,
  'POST /connections/import': async (rig, setting) => ({
    body: { apiClientId: setting.apiClient.id, refreshToken: await heldToken(rig, setting), propertyId: '324417' },
    foreign: ['not_found', 'machine_key_properties'],
  }),
  'POST /imports': async (rig, setting) => ({
    query: { apiClientId: setting.apiClient.id, probe: 'false' },
    body: `${JSON.stringify({ refreshToken: await heldToken(rig, setting), propertyId: '324417' })}\n`,
    headers: { 'content-type': 'application/x-ndjson' },
    foreign: ['not_found', 'machine_key_properties'],
  }),
  'GET /imports/:id': anImport,
  'POST /migrations': someOldKeys,
  'POST /migrations/check': (_rig, { apiClient }) => ({
    query: { apiClientId: apiClient.id }, body: 'key,id\nsbx_legacy_1,324410\n', headers: { 'content-type': 'text/csv' },
    foreign: ['not_found', 'machine_key_properties'],
  }),
  'GET /migrations/:id': aKeyMigration('finished'),
  'GET /migrations/:id/lines': aKeyMigration('finished'),
  'GET /migrations/:id/report': aKeyMigration('finished'),
  'POST /migrations/:id/pause': aKeyMigration('running'),
  'POST /migrations/:id/resume': aKeyMigration('paused'),
  'POST /migrations/:id/retry': aFailedLine,
  'POST /migrations/:id/cancel': aKeyMigration('running'),
  'POST /links': (_rig, { connectionId }) => ({ body: { connectionId }, foreign: ['not_found'] }),
  'GET /links/:id': async (rig, { apiClient, connectionId, subject }) => {
    const { id } = await db().link.create({
      data: {
        organizationId: subject.organizationId, apiClientId: apiClient.id, connectionId, kind: 'reconnect', tokenDigest: crypto.randomUUID(),
        language: 'it', createdAt: rig.clock.date, expiresAt: new Date(rig.clock.at + 86_400_000),
      },
    })
    return { params: { id }, foreign: ['not_found'] }
  },
  'POST /authorizations/complete': async ({ sandbox }, { apiClient }) => {
    const wish = { clientId: apiClient.clientId, redirectUri: apiClient.callbackUri, username: 'marco.bianchi', properties: ['324417'] }
    const { code } = await sandbox.control.consent(wish)
    return { body: { apiClientId: apiClient.id, code, redirectUri: apiClient.callbackUri }, foreign: ['not_found', 'machine_key_properties'] }
  },
  'GET /api-clients/:id/ip-whitelist': ofApiClient,
  'POST /api-clients/:id/ip-whitelist/entries': async (rig, setting) => ({ ...(await ofApiClient(rig, setting)), body: { block: '8.8.8.8', comment: 'office' } }),
  'DELETE /api-clients/:id/ip-whitelist/entries/:entryId': anEntry,
  'GET /api-clients/:id/ip-whitelist/check': async (rig, setting) => ({ ...(await ofApiClient(rig, setting)), query: { address: '8.8.8.8' } }),
  'POST /api-clients/:id/ip-whitelist/import': async (rig, setting) => ({
    ...(await ofApiClient(rig, setting)), body: { format: 'text', text: '8.8.8.8', mode: 'add', comment: 'office', dryRun: false },
  }),
  'POST /api-clients/:id/ip-whitelist/verifications': async (rig, setting) => ({
    ...(await ofApiClient(rig, setting)),
    body: { propertyId: '324410', host: 'data-1', outcome: 'allowed', status: 200, message: null, upstreamRequestId: null },
  }),
  'GET /api-clients/:id/admin-token': async (rig, setting) => ({ ...(await ofApiClient(rig, setting)), tiedTo: ['127.0.0.0/8'] }),
  'GET /caller-address': () => ({ foreign: [200] }),
}

export async function sampleOf(name: string, rig: Rig, setting: MachineSetting): Promise<MachineSample> {
  const prepare = SAMPLES[name]
  if (!prepare) throw new Error(`tests/machine-samples.ts has no sample of ${name}`)
  return prepare(rig, setting)
}
