import { describe, expect, test } from 'vitest'
import { formatConnectionHandle } from '@/lib/connection-handle'
import { disconnectConnection } from '../connections/disconnect-connection'
import { refreshConnection } from '../connections/refresh-connection'
import { db } from '../db'
import { makeColleague } from '../../tests/factories'
import { openMachineFront } from '../../tests/machine-front'
import { makeFresh } from '../../tests/make-fresh'
import { askToken, isLive, makeMachineSetting, type MachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { openIncident } from '../incidents/open-incident'
import { closeIncident } from '../incidents/close-incident'
import { freezeInIncident, thawInIncident } from '../incidents/act-in-incident'
import { liftFreeze } from './lift-freeze'
import { listFreezes } from './list-freezes'
import { placeFreeze } from './place-freeze'

const rig = await openRig()
const { clock } = rig
const front = await openMachineFront()
const WHY = 'A key was seen in a screenshot'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

const freezeConnection = ({ actor, connectionId }: MachineSetting) => placeFreeze(actor, { kind: 'connection', targetId: connectionId, reason: WHY })
const freezeApiClient = ({ actor, apiClient }: MachineSetting) => placeFreeze(actor, { kind: 'api_client', targetId: apiClient.id, reason: WHY })

async function refreshLikeOldCode({ apiClient, key, connectionId }: MachineSetting) {
  const body = new URLSearchParams({ client_id: apiClient.clientId, client_secret: key.text, refresh_token: formatConnectionHandle(connectionId) }).toString()
  return front.call('POST', '/connect/rest/v1/identity/refresh', { body, headers: FORM })
}

describe('a frozen connection', () => {
  test('is handed out to nobody at the next call, though its token lies opened in memory, and says so', async () => {
    const setting = await makeMachineSetting(rig)
    expect((await askToken(front, setting)).status).toBe(200)
    expect((await askToken(front, setting)).status).toBe(200)
    await freezeConnection(setting)
    expect(await askToken(front, setting)).toMatchObject({ status: 423, code: 'frozen', accessToken: '', retryAfter: undefined })
  })

  test('is frozen in another process at once, because the row is looked at and no memory', async () => {
    const setting = await makeMachineSetting(rig)
    expect((await rig.asAnotherProcess(() => askToken(front, setting))).status).toBe(200)
    await freezeConnection(setting)
    expect((await rig.asAnotherProcess(() => askToken(front, setting))).status).toBe(423)
  })

  test('stops no other one, and the others of one call are answered', async () => {
    const setting = await makeMachineSetting(rig)
    const other = await makeMachineSetting(rig)
    await freezeConnection(setting)
    expect((await askToken(front, other)).status).toBe(200)
    const answer = await front.call('POST', '/api/v1/access-tokens', { as: setting.key.header, body: { connections: [setting.connectionId] } })
    expect(answer.json()).toMatchObject({ items: [{ token: null, refusal: { code: 'frozen' } }] })
  })

  test('is refused to existing code with a 503, because on a 403 it would ask the hotelier to reconnect', async () => {
    const setting = await makeMachineSetting(rig)
    expect((await refreshLikeOldCode(setting)).status).toBe(200)
    await freezeConnection(setting)
    const answer = await refreshLikeOldCode(setting)
    expect([answer.status, (answer.json() as { type: string }).type]).toEqual([503, 'ApiServerException'])
    expect(answer.text).not.toContain('access_token')
  })

  test('goes on being refreshed, so that after the thaw the newest token is handed out and nobody has to reconnect', async () => {
    const setting = await makeMachineSetting(rig)
    const before = await askToken(front, setting)
    const { items: [freeze] } = await freezeConnection(setting)
    clock.advance(60_000)
    await refreshConnection(setting.actor, setting.connectionId)
    expect((await askToken(front, setting)).status).toBe(423)
    await liftFreeze(setting.actor, freeze?.id ?? '', 'The screenshot shows an old key')
    const after = await askToken(front, setting)
    expect([after.status, isLive(rig, after), after.accessToken === before.accessToken]).toEqual([200, true, false])
  })

  test('that was disconnected says that it is, because that is the graver thing', async () => {
    const setting = await makeMachineSetting(rig)
    await freezeConnection(setting)
    await disconnectConnection(setting.actor, setting.connectionId)
    expect((await askToken(front, setting)).code).toBe('already_disconnected')
  })

  test('leaves who froze and who thawed it and why in the audit log, and each refusal once', async () => {
    const setting = await makeMachineSetting(rig)
    const { items: [freeze] } = await freezeConnection(setting)
    await freezeConnection(setting)
    await askToken(front, setting)
    await askToken(front, setting)
    const colleague = await makeColleague(setting.actor)
    clock.advance(1_000)
    await liftFreeze(colleague, freeze?.id ?? '', 'It was none')
    await liftFreeze(colleague, freeze?.id ?? '', 'It was none')
    const events = await db().auditEvent.findMany({ where: { targetId: setting.connectionId, action: { in: ['freeze.placed', 'freeze.lifted', 'access_token.denied'] } }, orderBy: { id: 'asc' } })
    expect(events.map(({ action, actorId, detail }) => [action, actorId, (detail as { reason: string }).reason])).toEqual([
      ['freeze.placed', setting.actor.viewer.userId, WHY],
      ['access_token.denied', setting.key.id, 'frozen'],
      ['freeze.lifted', colleague.viewer.userId, 'It was none'],
    ])
  })
})

describe('a frozen API client', () => {
  test('hands out neither the tokens of its connections nor its admin token', async () => {
    const setting = await makeMachineSetting(rig)
    const bound = await makeMachineKey(setting.actor, { addresses: ['127.0.0.1'] })
    const adminToken = () => front.call('GET', `/api/v1/api-clients/${setting.apiClient.id}/admin-token`, { as: bound.header })
    expect((await adminToken()).status).toBe(200)
    await freezeApiClient(setting)
    expect((await askToken(front, setting)).status).toBe(423)
    const refused = await adminToken()
    expect([refused.status, (refused.json() as { code: string }).code]).toEqual([423, 'frozen'])
  })

  test('is frozen beside its connection: lifting one leaves the other', async () => {
    const setting = await makeMachineSetting(rig)
    const { items: [first] } = await freezeConnection(setting)
    await freezeApiClient(setting)
    await liftFreeze(setting.actor, first?.id ?? '', 'One of two')
    expect((await askToken(front, setting)).status).toBe(423)
    expect((await listFreezes(setting.actor.viewer)).items.map(({ target }) => target.kind)).toEqual(['api_client'])
  })
})

describe('an organization that is frozen in an incident', () => {
  test('hands nothing out until it is thawed, and the incident can’t be closed before', async () => {
    const setting = await makeMachineSetting(rig)
    const { actor } = setting
    await makeFresh(actor)
    const incident = await openIncident(actor, { kind: 'real', summary: 'A laptop was stolen' })
    await freezeInIncident(actor, incident.id)
    expect((await askToken(front, setting)).status).toBe(423)
    expect(await refusalOf(closeIncident(actor, incident.id))).toBe('freeze_holds')
    await thawInIncident(actor, incident.id, { reason: 'All keys are new', password: '' })
    expect((await askToken(front, setting)).status).toBe(200)
    expect((await closeIncident(actor, incident.id)).closedAt).not.toBeNull()
  })

  test('for a drill hands out what is in production, because a drill changes nothing real', async () => {
    const setting = await makeMachineSetting(rig)
    await db().apiClient.updateMany({ where: { id: setting.apiClient.id }, data: { environment: 'PRODUCTION' } })
    await db().connection.updateMany({ where: { id: setting.connectionId }, data: { environment: 'PRODUCTION' } })
    const live = { ...setting, key: await makeMachineKey(setting.actor, { environment: 'PRODUCTION' }) }
    const drill = await openIncident(setting.actor, { kind: 'drill', summary: 'Practice' })
    await freezeInIncident(setting.actor, drill.id)
    expect((await askToken(front, live)).status).toBe(200)
    await db().connection.updateMany({ where: { id: setting.connectionId }, data: { environment: 'SANDBOX' } })
    expect((await askToken(front, setting)).status).toBe(423)
  })
})

test('what is another organization’s is not there to be frozen or thawed', async () => {
  const [setting, other] = [await makeMachineSetting(rig), await makeMachineSetting(rig)]
  expect(await refusalOf(placeFreeze(other.actor, { kind: 'connection', targetId: setting.connectionId, reason: WHY }))).toBe('not_found')
  const { items: [freeze] } = await freezeConnection(setting)
  expect(await refusalOf(liftFreeze(other.actor, freeze?.id ?? '', WHY))).toBe('not_found')
  expect((await askToken(front, setting)).status).toBe(423)
})
