import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../http/define-handler'
import { db } from '../db'
import { draftLetter } from '../letters/draft-letter'
import { markLetterSent } from '../letters/mark-letter-sent'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { makeFresh } from '../../tests/make-fresh'
import { makeMachineKey } from '../../tests/make-machine-key'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { endAllSessions, endMachineKeys, freezeInIncident, thawInIncident } from './act-in-incident'
import { closeIncident } from './close-incident'
import { getIncident } from './get-incident'
import { listIncidents } from './list-incidents'
import { openIncident } from './open-incident'
import { settleStep } from './settle-step'

const rig = await openRig()
const { clock } = rig
const REAL = { kind: 'real', summary: 'A laptop was stolen' } as const
const DRILL = { kind: 'drill', summary: 'Practice' } as const
const PASSWORD = ''
let owner: Actor

beforeEach(async () => {
  owner = await makeActor()
  await makeFresh(owner)
  clock.advance(1_000)
})

test('one incident and one drill are worked on at a time, because two would undo each other’s steps', async () => {
  const results = await Promise.all([openIncident(owner, REAL).catch(() => null), openIncident(owner, REAL).catch(() => null)])
  expect(results.filter(Boolean)).toHaveLength(1)
  expect(await refusalOf(openIncident(owner, REAL))).toBe('incident_open')
  const drill = await openIncident(owner, DRILL)
  await closeIncident(owner, drill.id)
  await openIncident(owner, DRILL)
  expect((await listIncidents(owner.viewer)).items.map(({ kind, closedAt }) => [kind, closedAt === null])).toEqual(
    expect.arrayContaining([['real', true], ['drill', true], ['drill', false]]),
  )
})

test('nothing is done in one that is closed', async () => {
  const { id } = await openIncident(owner, DRILL)
  await closeIncident(owner, id)
  for (const act of [
    () => freezeInIncident(owner, id), () => thawInIncident(owner, id, { reason: 'x', password: PASSWORD }), () => endMachineKeys(owner, id, PASSWORD),
    () => settleStep(owner, id, { step: 'letter', isDone: true }), () => closeIncident(owner, id),
  ]) expect(await refusalOf(act())).toBe('incident_over')
})

test('another organization’s is not there', async () => {
  const { id } = await openIncident(owner, REAL)
  const stranger = await makeActor()
  expect(await refusalOf(getIncident(stranger.viewer, id))).toBe('not_found')
  expect(await refusalOf(freezeInIncident(stranger, id))).toBe('not_found')
})

describe('machine keys', () => {
  const living = (actor: Actor) => db().machineKey.findMany({ where: { organizationId: actor.viewer.organizationId, revokedAt: null }, select: { environment: true } })

  test('all end in an incident, each with an event of its own, and no key of anybody else', async () => {
    await makeMachineKey(owner)
    await makeMachineKey(owner, { environment: 'PRODUCTION' })
    const stranger = await makeActor()
    await makeMachineKey(stranger)
    clock.advance(1_000)
    const { id, state } = await openIncident(owner, REAL)
    expect(state.machineKeys).toBe(2)
    expect((await endMachineKeys(owner, id, PASSWORD)).state.machineKeys).toBe(0)
    expect(await living(owner)).toEqual([])
    expect(await living(stranger)).toHaveLength(1)
    expect(await db().auditEvent.count({ where: { organizationId: owner.viewer.organizationId, action: 'machine_key.revoked' } })).toBe(2)
  })

  test('of production outlive a drill', async () => {
    await makeMachineKey(owner)
    await makeMachineKey(owner, { environment: 'PRODUCTION' })
    clock.advance(1_000)
    const { id } = await openIncident(owner, DRILL)
    await endMachineKeys(owner, id, PASSWORD)
    expect(await living(owner)).toEqual([{ environment: 'PRODUCTION' }])
  })

  test('don’t end by somebody who cannot prove who they are', async () => {
    const colleague = await makeColleague(owner)
    await makeMachineKey(owner)
    const { id } = await openIncident(owner, REAL)
    expect(await refusalOf(endMachineKeys(colleague, id, PASSWORD))).toBe('fresh_sign_in_needed')
    expect(await living(owner)).toHaveLength(1)
  })
})

describe('sessions', () => {
  test('all end but the one that asks', async () => {
    const colleague = await makeColleague(owner, 'developer')
    await makeFresh(colleague)
    clock.advance(1_000)
    const { id, state } = await openIncident(owner, REAL)
    expect(state.sessions).toBe(1)
    expect((await endAllSessions(owner, id, { password: PASSWORD })).state.sessions).toBe(0)
    const rows = await db().session.findMany({ where: { organizationId: owner.viewer.organizationId }, select: { userId: true, revokedAt: true } })
    expect(rows.filter(({ revokedAt }) => revokedAt === null).map(({ userId }) => userId)).toEqual([owner.viewer.userId])
  })

  test('are none of a drill’s business, because people have them and not Octorate’s test mode', async () => {
    const { id, steps } = await openIncident(owner, DRILL)
    expect(steps.map(({ step }) => step)).not.toContain('sessions')
    expect(await refusalOf(endAllSessions(owner, id, { password: PASSWORD }))).toBe('not_found')
  })
})

describe('the state of a step', () => {
  test('is what the database says: letters, new secrets and freezes since it was opened', async () => {
    const client = await makeApiClient(rig, owner)
    clock.advance(1_000)
    const { id, state } = await openIncident(owner, REAL)
    expect(state.apiClients).toEqual([{ id: client.id, name: 'Channel manager', environment: 'SANDBOX', hasNewSecret: false, letter: 'none' }])
    clock.advance(1_000)
    const { items: [letter] } = await draftLetter(owner, client.id, { kind: 'incident', redirectUris: [] })
    expect((await getIncident(owner.viewer, id)).state.apiClients[0]?.letter).toBe('drafted')
    await markLetterSent(owner, { id: client.id, letterId: letter?.id ?? '' })
    await db().apiClient.updateMany({ where: { id: client.id }, data: { secretRotatedAt: rig.runtime.clock() } })
    const after = await freezeInIncident(owner, id)
    expect(after.state).toMatchObject({ freeze: { target: { kind: 'organization' }, onlySandbox: false }, apiClients: [{ hasNewSecret: true, letter: 'sent' }] })
  })

  test('of a drill speaks of API clients in sandbox mode alone', async () => {
    await makeApiClient(rig, owner)
    const live = await makeApiClient(rig, owner)
    await db().apiClient.updateMany({ where: { id: live.id }, data: { environment: 'PRODUCTION' } })
    expect((await openIncident(owner, DRILL)).state.apiClients.map(({ environment }) => environment)).toEqual(['SANDBOX'])
    expect((await openIncident(owner, REAL)).state.apiClients).toHaveLength(2)
  })
})

test('the report says who did what, in order, and ends with the incident', async () => {
  const colleague = await makeColleague(owner, 'developer')
  const { id } = await openIncident(colleague, REAL)
  clock.advance(1_000)
  await freezeInIncident(colleague, id)
  clock.advance(1_000)
  await settleStep(owner, id, { step: 'reconnect', isDone: false, note: 'no grant was ended' })
  clock.advance(1_000)
  await thawInIncident(owner, id, { reason: 'All is new', password: PASSWORD })
  clock.advance(1_000)
  await closeIncident(owner, id)
  clock.advance(60_000)
  await openIncident(owner, DRILL)
  const { report, steps, closedBy } = await getIncident(owner.viewer, id)
  const [first, second] = [colleague.viewer.name, owner.viewer.name]
  expect(report.map(({ action, actor }) => [action, actor])).toEqual([
    ['incident.opened', first], ['freeze.placed', first], ['incident.step_settled', first], ['incident.step_settled', second],
    ['freeze.lifted', second], ['incident.step_settled', second], ['incident.closed', second],
  ])
  expect(closedBy).toBe(second)
  expect(steps.find(({ step }) => step === 'reconnect')?.settled).toMatchObject({ isDone: false, note: 'no grant was ended', by: second })
})
