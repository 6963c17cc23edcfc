import { describe, expect, test } from 'vitest'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { settleRound } from '../journal/settler'
import { findAdminToken, obtainAdminToken } from '../admin-tokens/hold-admin-token'
import { prepareChildren } from '../../tests/child-process'
import { makeActor, makeApiClient, type TestApiClient } from '../../tests/factories'
import { openMachineFront } from '../../tests/machine-front'
import { makeMachineKey } from '../../tests/make-machine-key'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const front = await openMachineFront()
const children = await prepareChildren(rig)

const THEIRS = 'https://integrator.example/octorate/callback'

interface Scene {
  readonly actor: Actor
  readonly apiClient: TestApiClient
  readonly key: string
}

/** An integrator whose callback is its own address, as it was before Keyrack came. */
async function makeScene(): Promise<Scene> {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor, { redirectUri: THEIRS })
  return { actor, apiClient, key: (await makeMachineKey(actor, { scopes: ['connections:create'] })).header }
}

/** The hotelier approves, and the integrator's callback gets the code. */
async function receiveCode({ apiClient }: Scene, redirectUri = THEIRS): Promise<string> {
  const { code } = await sandbox.control.consent({ clientId: apiClient.clientId, redirectUri, username: 'marco.bianchi', properties: ['324410'] })
  return code ?? ''
}

async function relay({ apiClient, key }: Pick<Scene, 'apiClient' | 'key'>, code: string, redirectUri = THEIRS) {
  const answer = await front.call('POST', '/api/v1/authorizations/complete', { as: key, body: { apiClientId: apiClient.id, code, redirectUri } })
  return { status: answer.status, ...(answer.json() as { id?: string; code?: string; status?: string }), httpStatus: answer.status }
}

describe('a code that the integrator’s own callback received', () => {
  test('is exchanged and becomes a connection with live tokens, in the name of the key', async () => {
    const scene = await makeScene()
    const { httpStatus, id } = await relay(scene, await receiveCode(scene))
    expect(httpStatus).toBe(200)
    expect(await inspectStored(rig, id ?? '')).toMatchObject({ access: 'live', refresh: 'live', accommodations: ['324410'] })
    const events = await db().auditEvent.findMany({ where: { organizationId: scene.actor.viewer.organizationId, actorKind: 'machine_key' } })
    expect(events.map(({ action }) => action)).toEqual(['authorization.started', 'authorization.completed', 'connection.connected'])
  })

  test('is sent once, though it is brought by many at the same time; who brings it again hears how it went', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    const calls = watchCalls(rig)
    const answers = await Promise.all(Array.from({ length: 8 }, () => relay(scene, code)))
    const later = await relay(scene, code)
    expect(calls.count('identity/token')).toBe(1)
    expect(new Set(answers.map(({ httpStatus }) => httpStatus))).toEqual(new Set([200, 503]))
    expect([later.httpStatus, later.id]).toEqual([200, answers.find(({ httpStatus }) => httpStatus === 200)?.id])
  })

  test('is not sent again after an answer that was lost, because it works once and may have worked', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    await sandbox.control.faults.add({ endpoint: 'identity/token', clientId: scene.apiClient.clientId, kind: 'reset', when: 'after' })
    const calls = watchCalls(rig)
    expect(await relay(scene, code)).toMatchObject({ httpStatus: 502, code: 'upstream_unreachable' })
    expect(await relay(scene, code)).toMatchObject({ httpStatus: 502, code: 'upstream_unreachable' })
    expect(calls.count('identity/token')).toBe(1)
  })

  test('that Octorate refuses is refused to whoever brings it again, without asking', async () => {
    const scene = await makeScene()
    const calls = watchCalls(rig)
    expect(await relay(scene, 'never-issued')).toMatchObject({ code: 'code_refused' })
    expect(await relay(scene, 'never-issued')).toMatchObject({ code: 'code_refused' })
    expect(calls.count('identity/token')).toBe(1)
  })

  test('whose answer could not be followed up is finished by the settler, and the caller may ask again', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: scene.apiClient.clientId, kind: 'status', status: 500 })
    expect(await relay(scene, code)).toMatchObject({ httpStatus: 502 })
    clock.advance(6_000)
    await settleRound()
    expect(await relay(scene, code)).toMatchObject({ httpStatus: 200 })
  })

  test('of a process that was killed after the answer is finished by another', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    const { organizationId } = scene.actor.viewer
    const machineKey = await db().machineKey.findFirstOrThrow({ where: { organizationId } })
    const child = await children.start()
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: scene.apiClient.clientId, kind: 'no-answer' })
    const caller = { keyId: machineKey.id, organizationId, environment: 'SANDBOX', scopes: ['connections:create'], address: '192.0.2.1', isTiedToAddresses: false, userAgent: '' } as const
    const context = scene.actor.context
    child.ask({ do: 'relay', actor: { caller, context }, code: { apiClientId: scene.apiClient.id, code, redirectUri: THEIRS } }).catch(() => undefined)
    await until(async () => expect(await db().grantJournal.count({ where: { organizationId } })).toBe(1))
    await child.kill()
    sandbox.control.faults.clear()
    expect(await relay(scene, code)).toMatchObject({ httpStatus: 503, code: 'temporarily_unavailable' })
    clock.advance(3 * 60_000)
    await settleRound()
    const { httpStatus, id } = await relay(scene, code)
    expect(httpStatus).toBe(200)
    expect(await inspectStored(rig, id ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
  })
})

describe('the redirect URI', () => {
  test('must be one that is wanted, character for character, or the code is not even sent', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    const calls = watchCalls(rig)
    for (const wrong of [`${THEIRS}/`, 'https://integrator.example/', 'https://attacker.example/octorate/callback', 'x']) {
      expect(await relay(scene, code, wrong)).toMatchObject({ httpStatus: 422, code: 'redirect_uri_not_wanted' })
    }
    expect(calls.all()).toEqual([])
    expect(await relay(scene, code)).toMatchObject({ httpStatus: 200 })
  })

  test('may be another one of the wanted list', async () => {
    const scene = await makeScene()
    const other = 'https://integrator.example/other'
    const { organizationId, userId } = scene.actor.viewer
    const { redirectUri } = await sandbox.control.changeConfiguration(scene.apiClient.clientId, { redirectUri: [THEIRS, other] })
    expect(redirectUri).toContain(other)
    await db().wantedRedirectUri.create({
      data: { organizationId, apiClientId: scene.apiClient.id, uri: other, createdByUserId: userId, createdAt: clock.date },
    })
    expect(await relay(scene, await receiveCode(scene, other), other)).toMatchObject({ httpStatus: 200 })
  })

  test('may be one that Octorate has, which is asked with the admin token that is held', async () => {
    const scene = await makeScene()
    const live = 'https://integrator.example/live'
    await sandbox.control.changeConfiguration(scene.apiClient.clientId, { redirectUri: [THEIRS, live] })
    const code = await receiveCode(scene, live)
    expect(await relay(scene, code, live)).toMatchObject({ code: 'redirect_uri_not_wanted' })
    const row = await db().apiClient.findUniqueOrThrow({ where: { id: scene.apiClient.id } })
    await obtainAdminToken(row, { actor: { kind: 'system' } })
    expect(await findAdminToken(row)).not.toBeNull()
    expect(await relay(scene, code, live)).toMatchObject({ httpStatus: 200 })
  })

  test('of a code that was sent with another one is refused, because the two belong together', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    await relay(scene, code)
    await db().wantedRedirectUri.create({
      data: { organizationId: scene.actor.viewer.organizationId, apiClientId: scene.apiClient.id, uri: 'https://integrator.example/b', createdAt: clock.date },
    })
    expect(await relay(scene, code, 'https://integrator.example/b')).toMatchObject({ code: 'code_refused' })
  })
})

describe('a key', () => {
  test('of another organization, or of the other environment, finds no such API client, and nothing is sent', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    const stranger = (await makeMachineKey(await makeActor())).header
    const production = (await makeMachineKey(scene.actor, { environment: 'PRODUCTION' })).header
    const calls = watchCalls(rig)
    expect(await relay({ ...scene, key: stranger }, code)).toMatchObject({ httpStatus: 404, code: 'not_found' })
    expect(await relay({ ...scene, key: production }, code)).toMatchObject({ httpStatus: 404, code: 'not_found' })
    expect(calls.all()).toEqual([])
  })

  test('without the scope, or with a list of properties, may not, because what a code covers is known too late', async () => {
    const scene = await makeScene()
    const code = await receiveCode(scene)
    const other = (await makeMachineKey(scene.actor, { scopes: ['connections:import'] })).header
    const narrow = (await makeMachineKey(scene.actor, { properties: ['324410'] })).header
    expect(await relay({ ...scene, key: other }, code)).toMatchObject({ httpStatus: 403, code: 'machine_key_scope' })
    expect(await relay({ ...scene, key: narrow }, code)).toMatchObject({ httpStatus: 403, code: 'machine_key_properties' })
  })
})
