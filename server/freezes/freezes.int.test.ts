import { describe, expect, test } from 'vitest'
import { formatConnectionHandle } from '@/lib/connection-handle'
import { alertRound } from '../alerts/watch'
import { disconnectConnection } from '../connections/disconnect-connection'
import { refreshConnection } from '../connections/refresh-connection'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { openMailText } from '../mail/require-mail'
import { setRuntime } from '../runtime'
import { createWebhook } from '../webhooks/create-webhook'
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
import { placeFreeze, writeFreeze } from './place-freeze'

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

describe('whoever freezes or thaws', () => {
  const listening = async ({ actor }: MachineSetting) => {
    setRuntime({ ...rig.runtime, env: { ...rig.runtime.env, KEYRACK_WEBHOOKS_TO_LOOPBACK: 'on' } })
    await createWebhook(actor, { kind: 'signed', name: 'Back end', url: 'http://127.0.0.1:9/', events: ['hand_outs.frozen', 'hand_outs.thawed'] })
    setRuntime(rig.runtime)
  }
  const told = async ({ actor }: MachineSetting) => {
    const rows = await db().webhookDelivery.findMany({ where: { organizationId: actor.viewer.organizationId }, orderBy: { createdAt: 'asc' } })
    return rows.map(({ body }) => JSON.parse(body) as { type: string; data: object })
  }
  const mailsOf = async ({ actor }: MachineSetting) => {
    clock.advance(6 * 60_000)
    await alertRound()
    const rows = await db().mail.findMany({ where: { organizationId: actor.viewer.organizationId }, orderBy: { createdAt: 'asc' } })
    return rows.map((row) => ({ subject: row.subject, text: openMailText(row) ?? '' }))
  }

  test('is told to back ends and to people, with scope and reason, once for each act', async () => {
    const setting = await makeMachineSetting(rig)
    await listening(setting)
    const { items: [freeze] } = await freezeConnection(setting)
    await freezeConnection(setting)
    const { name: connectionName } = await db().connection.findUniqueOrThrow({ where: { id: setting.connectionId } })
    const { userId: id, name, email } = setting.actor.viewer
    const [mail, ...others] = await mailsOf(setting)
    expect(others).toEqual([])
    expect(mail?.subject).toMatch(new RegExp(`^Hand-outs of ${connectionName} \\(.+\\) are frozen$`))
    expect(mail?.text).toContain(`, by ${name} (${email}): ${WHY}`)
    expect(mail?.text).toContain(`http://localhost:3000/connections/${setting.connectionId}`)
    const colleague = await makeColleague(setting.actor)
    await liftFreeze(colleague, freeze?.id ?? '', 'It was none')
    await liftFreeze(colleague, freeze?.id ?? '', 'It was none')
    const both = { freeze: { id: freeze?.id, scope: 'connection', onlySandbox: false, frozenAt: freeze?.frozenAt }, connection: { id: setting.connectionId, name: connectionName }, apiClient: { id: setting.apiClient.id } }
    expect(await told(setting)).toMatchObject([
      { type: 'hand_outs.frozen', data: { ...both, reason: WHY, by: { id, name, email } } },
      { type: 'hand_outs.thawed', data: { ...both, reason: 'It was none', by: { id: colleague.viewer.userId, name: colleague.viewer.name, email: colleague.viewer.email } } },
    ])
    const after = (await mailsOf(setting)).slice(1)
    expect(new Set(after.map(({ subject }) => subject)).size).toBe(1)
    expect(after[0]?.text).toContain(`, by ${colleague.viewer.name} (${colleague.viewer.email}): It was none`)
  })

  test('in an incident is told of the organization, and a drill says that it is one', async () => {
    const setting = await makeMachineSetting(rig)
    await listening(setting)
    const { organizationName } = setting.actor.viewer
    await makeFresh(setting.actor)
    const drill = await openIncident(setting.actor, { kind: 'drill', summary: 'Practice' })
    await freezeInIncident(setting.actor, drill.id)
    await thawInIncident(setting.actor, drill.id, { reason: 'Well practised', password: '' })
    expect(await told(setting)).toMatchObject([
      { type: 'hand_outs.frozen', data: { freeze: { scope: 'organization', onlySandbox: true }, reason: 'Practice' } },
      { type: 'hand_outs.thawed', data: { freeze: { scope: 'organization', onlySandbox: true }, reason: 'Well practised' } },
    ])
    const alerts = await db().alert.findMany({ where: { organizationId: setting.actor.viewer.organizationId } })
    expect(new Set(alerts.map(({ name }) => name))).toEqual(new Set([`the whole organization ${organizationName} (drill, sandbox mode only)`]))
  })

  test('is told of nothing when the freeze is taken back, because it is written in its transaction', async () => {
    const setting = await makeMachineSetting(rig)
    await listening(setting)
    const { apiClient, actor } = setting
    const failing = transaction(async (tx) => {
      await writeFreeze(tx, actor, { targetKind: 'api_client', targetId: apiClient.id, onlySandbox: false, reason: WHY })
      throw new Error('the process dies')
    })
    await expect(failing).rejects.toThrow('the process dies')
    expect(await told(setting)).toEqual([])
    await freezeApiClient(setting)
    expect(await told(setting)).toMatchObject([{ data: { freeze: { scope: 'api_client' }, apiClient: { id: apiClient.id, name: 'Channel manager', environment: 'SANDBOX' } } }])
    expect((await mailsOf(setting)).map(({ subject }) => subject)).toEqual(['Hand-outs of the API client Channel manager are frozen'])
  })
})

describe('a back end that lists its connections', () => {
  const frozen = async ({ key, connectionId }: MachineSetting) => {
    const get = async (path: string) => (await front.call('GET', `/api/v1/${path}`, { as: key.header })).json()
    const { items: [listed] } = (await get('connections')) as { items: { frozen: boolean }[] }
    const { items: [property] } = (await get('properties')) as { items: { frozen: boolean }[] }
    return [listed?.frozen, ((await get(`connections/${connectionId}`)) as { frozen: boolean }).frozen, property?.frozen]
  }

  test('finds on each whether it is frozen, by itself, with its API client or with everything', async () => {
    const setting = await makeMachineSetting(rig)
    const { actor } = setting
    await makeFresh(actor)
    expect(await frozen(setting)).toEqual([false, false, false])
    for (const freeze of [freezeConnection, freezeApiClient]) {
      const { items: [placed] } = await freeze(setting)
      expect(await frozen(setting)).toEqual([true, true, true])
      await liftFreeze(actor, placed?.id ?? '', WHY)
      expect(await frozen(setting)).toEqual([false, false, false])
    }
    const incident = await openIncident(actor, { kind: 'drill', summary: 'Practice' })
    await freezeInIncident(actor, incident.id)
    expect(await frozen(setting)).toEqual([true, true, true])
    await db().apiClient.updateMany({ where: { id: setting.apiClient.id }, data: { environment: 'PRODUCTION' } })
    await db().connection.updateMany({ where: { id: setting.connectionId }, data: { environment: 'PRODUCTION' } })
    expect(await frozen({ ...setting, key: await makeMachineKey(actor, { environment: 'PRODUCTION' }) })).toEqual([false, false, false])
  })

  test('is told nothing of another organization’s freeze', async () => {
    const [setting, other] = [await makeMachineSetting(rig), await makeMachineSetting(rig)]
    await freezeApiClient(other)
    expect(await frozen(setting)).toEqual([false, false, false])
  })
})

test('what is another organization’s is not there to be frozen or thawed', async () => {
  const [setting, other] = [await makeMachineSetting(rig), await makeMachineSetting(rig)]
  expect(await refusalOf(placeFreeze(other.actor, { kind: 'connection', targetId: setting.connectionId, reason: WHY }))).toBe('not_found')
  const { items: [freeze] } = await freezeConnection(setting)
  expect(await refusalOf(liftFreeze(other.actor, freeze?.id ?? '', WHY))).toBe('not_found')
  expect((await askToken(front, setting)).status).toBe(423)
})
