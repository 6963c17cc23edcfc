import { describe, expect, test } from 'vitest'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { makeActor, makeApiClient, type TestApiClient } from '../../tests/factories'
import { openMachineFront } from '../../tests/machine-front'
import { makeMachineKey } from '../../tests/make-machine-key'
import { holdToken } from '../../tests/old-system'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { watchCalls } from '../../tests/upstream-calls'
import { runImport } from './run-import'

const rig = await openRig()
const { sandbox, clock } = rig
const front = await openMachineFront()

interface Scene {
  readonly actor: Actor
  readonly apiClient: TestApiClient
  readonly key: string
}

async function makeScene(properties: readonly string[] = []): Promise<Scene> {
  const actor = await makeActor()
  return { actor, apiClient: await makeApiClient(rig, actor), key: (await makeMachineKey(actor, { properties })).header }
}

async function bringOne({ apiClient, key }: Scene, line: Record<string, unknown>) {
  const answer = await front.call('POST', '/api/v1/connections/import', { as: key, body: { apiClientId: apiClient.id, ...line } })
  return { httpStatus: answer.status, ...(answer.json() as Record<string, unknown> & { connection?: { id: string } }) }
}

async function bringMany({ apiClient, key }: Scene, body: string | Buffer, type = 'application/x-ndjson') {
  const address = `/api/v1/imports?apiClientId=${apiClient.id}&name=Night`
  const answer = await front.call('POST', address, { as: key, body, headers: { 'content-type': type } })
  return { httpStatus: answer.status, ...(answer.json() as Record<string, unknown> & { id?: string; issues?: { path: string }[] }) }
}

const countImports = ({ actor }: Scene) => db().connectionImport.count({ where: { organizationId: actor.viewer.organizationId } })
const ndjson = (...lines: unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

describe('one token', () => {
  test('is tried and becomes a connection before the answer', async () => {
    const scene = await makeScene()
    const { refreshToken } = await holdToken(rig, scene.apiClient, '324410')
    const answer = await bringOne(scene, { refreshToken, propertyId: '324410' })
    expect(answer).toMatchObject({ httpStatus: 200, outcome: 'stored', connection: { status: 'healthy' } })
    expect(await inspectStored(rig, answer.connection?.id ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
    expect(JSON.stringify(answer)).not.toContain(refreshToken)
  })

  test('brought again is the same import, and is not sent again', async () => {
    const scene = await makeScene()
    const { refreshToken } = await holdToken(rig, scene.apiClient, '324410')
    const first = await bringOne(scene, { refreshToken })
    const calls = watchCalls(rig)
    expect(await bringOne(scene, { refreshToken })).toMatchObject({ outcome: 'stored', connection: { id: first.connection?.id } })
    expect(calls.all()).toEqual([])
  })

  test('on trust is stored without a call, and is told to be expiring, for it has no access token yet', async () => {
    const scene = await makeScene()
    const { refreshToken } = await holdToken(rig, scene.apiClient, '324410')
    const calls = watchCalls(rig)
    expect(await bringOne(scene, { refreshToken, propertyId: '324410', probe: false })).toMatchObject({ outcome: 'stored', connection: { status: 'expiring' } })
    expect(calls.all()).toEqual([])
  })

  test('that Octorate can’t be asked about is kept: the caller hears when to ask again', async () => {
    const scene = await makeScene()
    const { refreshToken } = await holdToken(rig, scene.apiClient, '324410')
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: scene.apiClient.clientId, kind: 'status', status: 500 })
    expect(await bringOne(scene, { refreshToken })).toMatchObject({ httpStatus: 503, code: 'temporarily_unavailable', retryAfterSeconds: 5 })
    clock.advance(5_000)
    expect(await bringOne(scene, { refreshToken })).toMatchObject({ httpStatus: 200, outcome: 'stored' })
  })

  test('waits for its turn like every refresh: a lane that is taken leaves it to the job', async () => {
    const scene = await makeScene()
    const { refreshToken } = await holdToken(rig, scene.apiClient, '324410')
    const lane = { apiClientId: scene.apiClient.id, gapMs: 0 }
    await db().refreshLane.create({ data: { ...lane, nextSlotAt: new Date(Date.now() + 60_000) } })
    const calls = watchCalls(rig)
    expect(await bringOne(scene, { refreshToken })).toMatchObject({ httpStatus: 503, code: 'temporarily_unavailable', retryAfterSeconds: 1 })
    expect(calls.all()).toEqual([])
    await db().refreshLane.update({ where: { apiClientId: lane.apiClientId }, data: { nextSlotAt: new Date(0) } })
    expect(await bringOne(scene, { refreshToken })).toMatchObject({ httpStatus: 200, outcome: 'stored' })
  })

  test('that is dead is refused after the second look', async () => {
    const scene = await makeScene()
    expect(await bringOne(scene, { refreshToken: 'sbx_nobody_knows_it' })).toMatchObject({ httpStatus: 503, retryAfterSeconds: 30 })
    clock.advance(30_000)
    expect(await bringOne(scene, { refreshToken: 'sbx_nobody_knows_it' })).toMatchObject({ httpStatus: 409, code: 'reconnect_required' })
  })
})

describe('many tokens', () => {
  test('are taken as lines of JSON, and their progress can be asked for', async () => {
    const scene = await makeScene()
    const [one, two] = await Promise.all([holdToken(rig, scene.apiClient, '324410'), holdToken(rig, scene.apiClient, '324417')])
    const taken = await bringMany(scene, `${ndjson({ refreshToken: one.refreshToken, propertyId: '324410' })}\n${JSON.stringify({ refreshToken: two.refreshToken })}`)
    expect(taken).toMatchObject({ httpStatus: 200, state: 'running', total: 2, counts: { pending: 2 } })
    await runImport(taken.id ?? '', new AbortController().signal)
    const asked = await front.call('GET', `/api/v1/imports/${taken.id}`, { as: scene.key })
    expect(asked.json()).toMatchObject({ state: 'finished', counts: { stored: 2 }, lines: [] })
  })

  test('with one wrong line are not taken at all, and each fault names its line and field', async () => {
    const scene = await makeScene()
    const body = `${ndjson({ refreshToken: 'sbx_good_token' }, { refreshToken: 'x' }, { refreshToken: 'sbx_good', extra: 1 })}not json\n`
    const refused = await bringMany(scene, body)
    expect(refused).toMatchObject({ httpStatus: 422, code: 'import_line_malformed' })
    expect(refused.issues?.map(({ path }) => path)).toEqual(['2.refreshToken', '3', '4'])
    expect(await countImports(scene)).toBe(0)
  })

  test.each([
    ['nothing', '', 422],
    ['blank lines', '\n\n', 422],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x0a]), 400],
    ['20,001 lines', ndjson(...Array.from({ length: 20_001 }, (_none, index) => ({ refreshToken: `sbx_${index}_x` }))), 413],
  ])('%s is refused', async (_what, body, httpStatus) => {
    const scene = await makeScene()
    expect(await bringMany(scene, body)).toMatchObject({ httpStatus })
    expect(await countImports(scene)).toBe(0)
  })

  test('as another kind of body are refused', async () => {
    expect(await bringMany(await makeScene(), ndjson({ refreshToken: 'sbx_good' }), 'application/json')).toMatchObject({ httpStatus: 415 })
  })

  test('20,000 lines are taken in one go', async () => {
    const scene = await makeScene()
    const lines = Array.from({ length: 20_000 }, (_none, index) => ({ refreshToken: `sbx_token_number_${index}`, propertyId: String(index) }))
    expect(await bringMany(scene, ndjson(...lines))).toMatchObject({ httpStatus: 200, total: 20_000 })
    await rig.database.sql('DELETE FROM import_lines')
  })
})

describe('a key', () => {
  test('with a list of properties brings those only', async () => {
    const scene = await makeScene(['324410'])
    const { refreshToken } = await holdToken(rig, scene.apiClient, '324410')
    expect(await bringOne(scene, { refreshToken })).toMatchObject({ httpStatus: 422, code: 'import_line_malformed' })
    expect(await bringOne(scene, { refreshToken, propertyId: '324417' })).toMatchObject({ httpStatus: 403, code: 'machine_key_properties' })
    expect(await bringOne(scene, { refreshToken, propertyId: '324410' })).toMatchObject({ httpStatus: 200 })
  })

  test('of the other environment or another organization finds neither API client nor import', async () => {
    const scene = await makeScene()
    const { refreshToken } = await holdToken(rig, scene.apiClient, '324410')
    const { id } = await bringMany(scene, ndjson({ refreshToken }))
    for (const key of [(await makeMachineKey(scene.actor, { environment: 'PRODUCTION' })).header, (await makeMachineKey(await makeActor())).header]) {
      expect(await bringOne({ ...scene, key }, { refreshToken: 'sbx_abcdefgh' })).toMatchObject({ httpStatus: 404 })
      expect((await front.call('GET', `/api/v1/imports/${id}`, { as: key })).status).toBe(404)
    }
  })
})
