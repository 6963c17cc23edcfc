import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { EVENT_TYPES } from '@/contracts/events'
import { accessTokenContext } from '../connections/token-context'
import { requireKeys } from '../crypto/require-keys'
import { seal } from '../crypto/seal'
import { db } from '../db'
import { countRequest, writeRequests } from '../machine-keys/count-requests'
import { openMailText } from '../mail/require-mail'
import { setRuntime } from '../runtime'
import { createWebhook } from '../webhooks/create-webhook'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, makeMachineSetting, type MachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { openRig } from '../../tests/runtime'
import { HINT_EVERY_MS } from './key-hints'
import { MANY_CONNECTIONS } from './many-connections'
import { tellPeople } from './tell-people'
import { alertRound } from './watch'

const rig = await openRig()
const { clock } = rig
const front = await openMachineFront()
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const [HOME, ELSEWHERE] = ['127.0.0.1', '127.0.0.66']

let setting: MachineSetting
beforeEach(async () => {
  setting = await makeMachineSetting(rig)
  setRuntime({ ...rig.runtime, env: { ...rig.runtime.env, KEYRACK_WEBHOOKS_TO_LOOPBACK: 'on' } })
  await createWebhook(setting.actor, { kind: 'signed', name: 'Back end', url: 'http://127.0.0.1:9/', events: [...EVENT_TYPES] })
  setRuntime(rig.runtime)
})

/** Connections that there have been for a month, each with a copy of a living token. */
async function plantConnections(count: number, createdAt = new Date(clock.at - 30 * DAY)): Promise<string[]> {
  const { accessToken } = await askToken(front, { ...setting, key: await makeMachineKey(setting.actor) })
  const { organizationId } = setting.actor.viewer
  const ids = Array.from({ length: count }, () => randomUUID())
  await db().connection.createMany({
    data: ids.map((id) => ({
      id, organizationId, apiClientId: setting.apiClient.id, name: `Hotel ${id.slice(0, 4)}`, identity: `property:${id}`, searchText: 'hotel', environment: 'SANDBOX',
      origin: 'code', stateSince: createdAt, accessIssuedAt: clock.date, accessExpiresAt: new Date(clock.at + 30 * DAY), expirySource: 'both', lastRefreshAt: clock.date, createdAt,
      accessTokenSealed: seal(requireKeys(), accessTokenContext({ organizationId, connectionId: id, version: 1 }), accessToken),
    })),
  })
  return ids
}

/** Asks for the tokens of all, as a back end that wants many at once. */
async function readAll(ids: readonly string[], { as = setting.key.header, from = HOME } = {}): Promise<void> {
  for (let at = 0; at < ids.length; at += 500) {
    const answer = await front.call('POST', '/api/v1/access-tokens', { as, from, body: { connections: ids.slice(at, at + 500) } })
    const { items } = answer.json() as { items: { token: object | null }[] }
    expect(items.filter(({ token }) => token === null)).toEqual([])
  }
}
const readOne = async (id: string | undefined, from: string) =>
  expect((await front.call('GET', `/api/v1/connections/${id}/access-token`, { as: setting.key.header, from })).status).toBe(200)

/** Time passes, and the watch looks at what happened. */
const pass = async (ms: number) => {
  clock.advance(ms)
  await alertRound()
}
const told = async () => {
  const rows = await db().webhookDelivery.findMany({ where: { organizationId: setting.actor.viewer.organizationId }, orderBy: { createdAt: 'asc' } })
  return rows.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> }).filter(({ type }) => type.startsWith('machine_key.'))
}
const types = async () => (await told()).map(({ type }) => type)
const mails = async () => {
  const rows = await db().mail.findMany({ where: { organizationId: setting.actor.viewer.organizationId }, orderBy: { createdAt: 'asc' } })
  return rows.map((row) => `${row.subject}\n${openMailText(row) ?? ''}`)
}

/** A back end that has read all its connections from home for more than a day. */
async function settled(count: number): Promise<string[]> {
  const ids = await plantConnections(count)
  await readAll(ids)
  await pass(MINUTE)
  await pass(2 * DAY)
  expect(await types()).toEqual([])
  return ids
}

describe('a stolen key that reads five hundred connections one after the other', () => {
  test.each([10, 1])('%d in each second, is told within the minute after the fiftieth: by webhook, and by mail though one has just gone out', async (perSecond) => {
    const ids = await settled(500)
    let [read, fiftiethAt, toldAt, mailedAt] = [0, 0, 0, 0]
    const isTold = async () => (await types()).includes('machine_key.many_connections')
    const isMailed = async () => (await mails()).some((text) => text.includes('reads many connections'))
    for (let second = 1; second <= 600 && mailedAt === 0; second += 1) {
      await Promise.all(ids.slice(read, read + perSecond).map((id) => readOne(id, ELSEWHERE)))
      read += perSecond
      if (read > MANY_CONNECTIONS && fiftiethAt === 0) fiftiethAt = second
      clock.advance(SECOND)
      // The slow looks are half a minute apart, and the last one has just been: the worst that can be.
      if (second % 30 === 0) await alertRound()
      else if (second % 3 === 0) await alertRound(undefined, [tellPeople])
      if (toldAt === 0 && (await isTold())) toldAt = second
      if (mailedAt === 0 && (await isMailed())) mailedAt = second
    }
    expect(await types()).toEqual(['machine_key.new_address', 'machine_key.many_connections'])
    const waits = { event: toldAt - fiftiethAt, mail: mailedAt - fiftiethAt }
    expect(waits.event).toBeLessThanOrEqual(30)
    expect(waits.mail).toBeLessThanOrEqual(45)
    const [, hint] = await told()
    expect(hint?.data).toMatchObject({ machineKey: { id: setting.key.id, name: 'Back end', last4: setting.key.text.slice(-4) }, minutes: 10, addresses: [ELSEWHERE] })
    expect(hint?.data['connections']).toBeGreaterThan(MANY_CONNECTIONS)
    const mail = (await mails()).at(-1)
    expect(mail).toContain(`from ${ELSEWHERE}`)
    expect(mail).toContain(`http://localhost:3000/machine-keys/${setting.key.id}`)
    expect(mail).not.toContain(setting.key.text)
  })
})

describe('many connections', () => {
  test('of a back end with three thousand properties that reads them all every ten minutes are told to nobody, and of its stolen key they are', async () => {
    const ids = await plantConnections(3_000)
    await readAll(ids)
    for (let round = 0; round < 4; round += 1) {
      await pass(MINUTE)
      await pass(9 * MINUTE)
      await readAll(ids)
    }
    await pass(2 * DAY)
    await readAll(ids)
    await pass(SECOND)
    expect(await types()).toEqual([])
    await readAll(ids.slice(0, 500), { from: ELSEWHERE })
    await pass(30 * SECOND)
    expect(await told()).toMatchObject([{ type: 'machine_key.new_address' }, { type: 'machine_key.many_connections', data: { connections: 500 } }])
  })

  test('up to fifty are told to nobody', async () => {
    const ids = await settled(MANY_CONNECTIONS + 1)
    await readAll(ids.slice(0, MANY_CONNECTIONS), { from: ELSEWHERE })
    await pass(30 * SECOND)
    expect(await types()).toEqual(['machine_key.new_address'])
    await readAll(ids.slice(MANY_CONNECTIONS), { from: ELSEWHERE })
    await pass(30 * SECOND)
    expect(await types()).toEqual(['machine_key.new_address', 'machine_key.many_connections'])
  })

  test('of a new key are told to nobody, whether its back end begins at once, bit by bit for hours, or from several addresses', async () => {
    const ids = await plantConnections(600)
    await readAll(ids.slice(0, 100))
    await readAll(ids.slice(0, 100), { from: '127.0.0.2' })
    for (let at = 100; at < ids.length; at += 100) {
      await pass(20 * MINUTE)
      await readAll(ids.slice(at, at + 100))
      await pass(SECOND)
    }
    expect((await types()).filter((type) => type !== 'machine_key.new_address')).toEqual([])
    // And so does the key that replaces it.
    const next = await makeMachineKey(setting.actor)
    await pass(2 * DAY)
    await readAll(ids, { as: next.header })
    await pass(SECOND)
    expect((await types()).filter((type) => type !== 'machine_key.new_address')).toEqual([])
  })

  test('of a new key are told all the same when somebody else reads them half an hour later', async () => {
    const ids = await plantConnections(100)
    await readAll(ids)
    await pass(MINUTE)
    await pass(30 * MINUTE)
    await readAll(ids, { from: ELSEWHERE })
    await pass(SECOND)
    expect(await types()).toEqual(['machine_key.new_address', 'machine_key.many_connections'])
  })

  test('of an import of today are told to nobody where the back end always asks from, and to everybody from elsewhere', async () => {
    await settled(60)
    const imported = await plantConnections(200, new Date(clock.at - HOUR))
    await readAll(imported)
    await pass(30 * SECOND)
    expect(await types()).toEqual([])
    await readAll(imported, { from: ELSEWHERE })
    await pass(30 * SECOND)
    expect(await types()).toEqual(['machine_key.new_address', 'machine_key.many_connections'])
  })

  test('of a key that only ever read a few are told from its own address too, because its server may be the thief’s', async () => {
    const ids = await plantConnections(200)
    await readAll(ids.slice(0, 5))
    await pass(MINUTE)
    await pass(2 * DAY)
    await readAll(ids)
    await pass(30 * SECOND)
    expect(await told()).toMatchObject([{ type: 'machine_key.many_connections', data: { connections: 195, addresses: [HOME] } }])
  })

  test('of a back end that moved are told, once and beside the new address, because a thief looks just so', async () => {
    const ids = await settled(300)
    for (let round = 0; round < 6; round += 1) {
      await readAll(ids, { from: ELSEWHERE })
      await pass(5 * MINUTE)
    }
    expect(await types()).toEqual(['machine_key.new_address', 'machine_key.many_connections'])
  })

  test('are told once a day, however many processes look and however long it goes on', async () => {
    const ids = await settled(120)
    const steal = async (from: string) => {
      await readAll(ids, { from })
      clock.advance(SECOND)
      await Promise.all(Array.from({ length: 5 }, () => alertRound()))
      await alertRound()
    }
    const hints = async () => (await types()).filter((type) => type === 'machine_key.many_connections').length
    await steal('127.0.0.71')
    await pass(30 * MINUTE)
    await steal('127.0.0.72')
    expect(await hints()).toBe(1)
    await pass(HINT_EVERY_MS)
    await steal('127.0.0.73')
    expect(await hints()).toBe(2)
    await pass(HINT_EVERY_MS + MINUTE)
    expect(await db().keyHint.count()).toBe(0)
  })

  test('of one key are not added to those of another', async () => {
    const ids = await settled(90)
    const others = await Promise.all([1, 2, 3].map(() => makeMachineKey(setting.actor)))
    for (const { header } of others) await readAll(ids.slice(0, 1), { as: header })
    await pass(MINUTE)
    await pass(2 * DAY)
    for (const [index, { header }] of others.entries()) await readAll(ids.slice(index * 30, (index + 1) * 30), { as: header, from: ELSEWHERE })
    await pass(SECOND)
    expect(new Set(await types())).toEqual(new Set(['machine_key.new_address']))
  })
})

describe('the rate of a key', () => {
  beforeEach(() => clock.advance(HOUR - (clock.at % HOUR) + 10 * MINUTE))

  /** So many requests in an hour, as the front counts them. */
  const ask = async (times: number, hoursAgo = 0) => {
    const key = { keyId: setting.key.id, organizationId: setting.actor.viewer.organizationId }
    for (let count = 0; count < times; count += 1) countRequest(key, HOME, new Date(clock.at - hoursAgo * HOUR))
    await writeRequests()
  }
  const asked = async (perHour: (hoursAgo: number) => number, hours = 7 * 24) => {
    for (let hoursAgo = hours; hoursAgo > 0; hoursAgo -= 1) await ask(perHour(hoursAgo), hoursAgo)
  }

  test('ten times its mean is told once, with what is usual', async () => {
    const hour = new Date(clock.at - (clock.at % HOUR)).toISOString()
    await asked(() => 60)
    await ask(599)
    await pass(30 * SECOND)
    expect(await types()).toEqual([])
    await ask(1)
    for (let round = 0; round < 5; round += 1) await pass(30 * SECOND)
    await ask(5_000)
    await pass(30 * SECOND)
    expect(await told()).toMatchObject([
      { type: 'machine_key.unusual_rate', data: { machineKey: { id: setting.key.id }, requests: 600, usual: { mean: 60, busiest: 60 }, hour } },
    ])
    expect((await mails()).join()).toContain('600 requests in this hour, where 60 are usual')
  })

  test.each<[string, number, (hoursAgo: number) => number]>([
    ['fewer than five hundred are told to nobody, because ten times little is little', 499, () => 1],
    ['nine times its mean is told to nobody', 540, () => 60],
    ['who reads everything once a night does so tonight too, though the mean is low', 3_000, (hoursAgo) => (hoursAgo % 24 === 0 ? 3_000 : 2)],
    ['who reads everything once a week does so again', 3_000, (hoursAgo) => (hoursAgo === 7 * 24 ? 3_000 : 2)],
    ['a busy day is told to nobody', 3_000, (hoursAgo) => 1_000 + hoursAgo],
  ])('%s', async (_, now, before) => {
    await asked(before)
    await ask(now)
    await pass(30 * SECOND)
    expect(await types()).toEqual([])
  })

  test('of a key of less than a day is told to nobody, because what it usually does is not known', async () => {
    await asked(() => 3, 23)
    await ask(5_000)
    await pass(30 * SECOND)
    expect(await types()).toEqual([])
  })

  test('of a key that slept for ten days is told', async () => {
    await ask(3, 240)
    await ask(500)
    await pass(30 * SECOND)
    expect(await types()).toEqual(['machine_key.unusual_rate'])
  })

  test('of the last seconds of an hour is told in the next', async () => {
    await asked(() => 20)
    clock.advance(HOUR - (clock.at % HOUR) - SECOND)
    await ask(600)
    await pass(45 * SECOND)
    expect(await types()).toEqual(['machine_key.unusual_rate'])
  })

  test('whose requests were refused is told as well, because the key is in somebody’s hands', async () => {
    const bound = await makeMachineKey(setting.actor, { addresses: ['192.0.2.1'] })
    setting = { ...setting, key: bound }
    await asked(() => 1, 48)
    for (let batch = 0; batch < 50; batch += 1) {
      await Promise.all(Array.from({ length: 10 }, async () => expect((await askToken(front, setting)).status).toBe(403)))
    }
    await writeRequests()
    await pass(30 * SECOND)
    expect(await types()).toEqual(['machine_key.unusual_rate'])
  })
})
