import { db } from '@/server/db'
import type { MachineSetting } from './machine-setting'
import { holdToken } from './old-system'
import type { Rig } from './runtime'

/** One right call of an endpoint of the machine API about the setting's connection. */
export interface MachineSample {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
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

/** By method and path: an endpoint without a sample fails the tests, because nothing would show whom it serves. */
const SAMPLES: Readonly<Record<string, Prepare>> = {
  'GET /connections': () => ({ foreign: [200] }),
  'GET /connections/:id': ofConnection,
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
  'POST /authorizations/complete': async ({ sandbox }, { apiClient }) => {
    const wish = { clientId: apiClient.clientId, redirectUri: apiClient.callbackUri, username: 'marco.bianchi', properties: ['324417'] }
    const { code } = await sandbox.control.consent(wish)
    return { body: { apiClientId: apiClient.id, code, redirectUri: apiClient.callbackUri }, foreign: ['not_found', 'machine_key_properties'] }
  },
}

export async function sampleOf(name: string, rig: Rig, setting: MachineSetting): Promise<MachineSample> {
  const prepare = SAMPLES[name]
  if (!prepare) throw new Error(`tests/machine-samples.ts has no sample of ${name}`)
  return prepare(rig, setting)
}
