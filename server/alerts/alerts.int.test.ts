import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LOCKS } from '../database/locks'
import { db } from '../db'
import type { ConnectionState } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { openMailText } from '../mail/require-mail'
import { setRuntime } from '../runtime'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { prepareChildren } from '../../tests/child-process'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { createWebhook } from '../webhooks/create-webhook'
import { EVENT_TYPES } from '@/contracts/events'
import { changeAlertSettings } from './change-alert-settings'
import { getAlerts } from './get-alerts'
import { alertRound } from './watch'

const rig = await openRig()
const { database, clock } = rig
const children = await prepareChildren(rig)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let actor: Actor
let apiClientId: string
beforeEach(async () => {
  setRuntime({ ...rig.runtime, env: { ...rig.runtime.env, KEYRACK_WEBHOOKS_TO_LOOPBACK: 'on' } })
  actor = await makeActor()
  apiClientId = (await makeApiClient(rig, actor)).id
  await createWebhook(actor, { kind: 'signed', name: 'Back end', url: 'http://127.0.0.1:9/', events: [...EVENT_TYPES] })
})
afterEach(async () => {
  setRuntime(rig.runtime)
  for (const table of ['mails', 'webhook_endpoints', 'alerts', 'connection_watches', 'connection_changes', 'admin_token_reminders', 'admin_tokens', 'quota_readings']) {
    await database.sql(`DELETE FROM ${table}`)
  }
  await database.sql('DELETE FROM connections')
  await database.sql('DELETE FROM graphile_worker._private_jobs')
})

const connect = async (name = 'Hotel Roma') => {
  const id = randomUUID()
  const { organizationId } = actor.viewer
  const now = clock.date
  await db().connection.create({
    data: {
      id, organizationId, apiClientId, name, identity: `property:${id.slice(0, 8)}`, searchText: name, environment: 'SANDBOX', origin: 'code',
      stateSince: now, accessIssuedAt: now, accessExpiresAt: new Date(now.getTime() + 24 * HOUR), expirySource: 'both', lastRefreshAt: now,
    },
  })
  return id
}
const become = (id: string, state: ConnectionState, cause: string | null = null) =>
  db().connection.update({ where: { id }, data: { state, cause, stateSince: clock.date } })
const events = async () =>
  (await db().webhookDelivery.findMany({ where: { organizationId: actor.viewer.organizationId }, orderBy: { createdAt: 'asc' } })).map(({ eventType }) => eventType)
const mails = async () => {
  const rows = await db().mail.findMany({ where: { organizationId: actor.viewer.organizationId }, orderBy: { createdAt: 'asc' } })
  return rows.map((row) => ({ to: row.recipient, subject: row.subject, text: openMailText(row) ?? '' }))
}
/** Time passes, and the watch looks as often as it does. */
const pass = async (ms: number) => {
  clock.advance(ms)
  await alertRound()
}
/** Long enough that what breaks together is told together. */
const settle = () => pass(15_000)

describe('a connection that needs the hotelier', () => {
  test('is told at once by webhook, by mail within the minute, once, and that it works again by webhook alone', async () => {
    const id = await connect()
    await alertRound()
    await become(id, 'reconnect_required')
    await alertRound()
    expect(await events()).toEqual(['connection.connected', 'connection.reconnect_required'])
    await settle()
    await settle()
    expect(await mails()).toEqual([
      {
        to: actor.viewer.email,
        subject: expect.stringMatching(/^Hotel Roma \(\w{8}\) has to be reconnected$/),
        text: expect.stringContaining(`http://localhost:3000/connections/${id}`),
      },
    ])
    await become(id, 'connected')
    await settle()
    expect((await events()).slice(2)).toEqual(['connection.reconnected'])
    expect(await mails()).toHaveLength(1)
  })

  test('is told while a process seals the audit log, because the two have nothing to do with each other', async () => {
    const id = await connect()
    await alertRound()
    await become(id, 'reconnect_required')
    const sealer = new pg.Client({ connectionString: database.ownerUrl })
    await sealer.connect()
    try {
      await sealer.query('BEGIN')
      await sealer.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.audit])
      await alertRound()
      expect(await events()).toEqual(['connection.connected', 'connection.reconnect_required'])
    } finally {
      await sealer.end()
    }
  })

  test('after refreshes that failed is one event more, and names the graver cause only', async () => {
    const id = await connect()
    await become(id, 'refresh_failing', 'unknown')
    await become(id, 'reconnect_required')
    await settle()
    await settle()
    expect(await events()).toEqual(['connection.connected', 'connection.reconnect_required'])
    expect(await mails()).toHaveLength(1)
  })

  test('and is well again before anybody was told is told to no person', async () => {
    const id = await connect()
    await become(id, 'reconnect_required')
    await alertRound()
    await become(id, 'connected')
    await settle()
    expect(await events()).toEqual(['connection.connected', 'connection.reconnect_required', 'connection.reconnected'])
    expect(await mails()).toEqual([])
    expect((await getAlerts(actor.viewer)).alerts).toMatchObject([{ wasMoot: true }])
  })

  test('beside three hundred others is one mail for each recipient, because nobody reads three hundred', async () => {
    const colleague = await makeColleague(actor, 'developer')
    await makeColleague(actor, 'viewer')
    const ids = await Promise.all(Array.from({ length: 300 }, (_, index) => connect(`Hotel ${index}`)))
    await db().connection.updateMany({ where: { id: { in: ids } }, data: { state: 'reconnect_required', stateSince: clock.date } })
    await alertRound()
    await settle()
    const sent = await mails()
    expect(sent.map(({ to }) => to).sort()).toEqual([actor.viewer.email, colleague.viewer.email].sort())
    expect(sent[0]).toMatchObject({ subject: '300 connections have to be reconnected', text: expect.stringContaining('and 280 more') })
    expect((await events()).filter((type) => type === 'connection.reconnect_required')).toHaveLength(300)
  })

  test('soon after a mail waits for the next, which comes five minutes later', async () => {
    const [first, second] = [await connect('First'), await connect('Second')]
    await become(first, 'reconnect_required')
    await alertRound()
    await settle()
    await become(second, 'reconnect_required')
    await settle()
    await settle()
    expect(await mails()).toHaveLength(1)
    await pass(5 * MINUTE)
    expect(await mails()).toMatchObject([{}, { subject: expect.stringMatching(/^Second/) }])
  })
})

describe('refreshes that fail', () => {
  test('are told when they have failed for an hour, and not before, whatever the causes in between', async () => {
    const id = await connect()
    await become(id, 'refresh_failing', 'quota')
    await pass(40 * MINUTE)
    await become(id, 'refresh_failing', 'upstream_unreachable')
    await pass(19 * MINUTE)
    expect(await events()).toEqual(['connection.connected'])
    await pass(2 * MINUTE)
    await settle()
    expect(await events()).toEqual(['connection.connected', 'connection.refresh_failing'])
    expect(await mails()).toMatchObject([{ subject: expect.stringMatching(/could not be refreshed for an hour$/) }])
    await pass(3 * HOUR)
    expect(await events()).toHaveLength(2)
  })

  test('that come and go are told to nobody, because each time they passed', async () => {
    const id = await connect()
    for (let round = 0; round < 6; round += 1) {
      await become(id, 'refresh_failing', 'quota')
      await pass(30 * MINUTE)
      await become(id, 'connected')
      await pass(5 * MINUTE)
    }
    expect(await events()).toEqual(['connection.connected'])
    expect(await mails()).toEqual([])
  })
})

test('a disconnected connection is told, and one that is connected anew', async () => {
  const id = await connect()
  await become(id, 'disconnected')
  await alertRound()
  await become(id, 'connected')
  await alertRound()
  expect(await events()).toEqual(['connection.connected', 'connection.disconnected', 'connection.connected'])
})

test('a change whose transaction is rolled back is told to nobody', async () => {
  const id = await connect()
  const failing = db().$transaction(async (tx) => {
    await tx.connection.update({ where: { id }, data: { state: 'reconnect_required' } })
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  await alertRound()
  expect(await events()).toEqual(['connection.connected'])
})

test('several processes that look at once tell everything once', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, (_, index) => connect(`Hotel ${index}`)))
  await db().connection.updateMany({ where: { id: { in: ids } }, data: { state: 'reconnect_required', stateSince: clock.date } })
  await Promise.all(Array.from({ length: 5 }, () => alertRound()))
  clock.advance(15_000)
  await Promise.all(Array.from({ length: 5 }, () => alertRound()))
  await alertRound()
  expect((await events()).filter((type) => type === 'connection.reconnect_required')).toHaveLength(40)
  expect(await mails()).toHaveLength(1)
})

test('a process that is killed at any moment while it tells loses nothing, and everything is told once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const child = await children.start()
    const ids = await Promise.all(Array.from({ length: 30 }, (_, index) => connect(`Hotel ${round} ${index}`)))
    await db().connection.updateMany({ where: { id: { in: ids } }, data: { state: 'reconnect_required', stateSince: clock.date } })
    child.ask({ do: 'alerts' }).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, round * 15))
    await child.kill()
  }
  await until(async () => {
    await alertRound()
    expect(await db().connectionChange.count()).toBe(0)
  })
  await settle()
  expect((await events()).filter((type) => type === 'connection.reconnect_required')).toHaveLength(150)
  const told = await db().alert.groupBy({ by: ['aboutId'], where: { organizationId: actor.viewer.organizationId } })
  expect(told).toHaveLength(150)
  expect((await mails()).map(({ subject }) => subject)).toEqual(['150 connections have to be reconnected'])
})

describe('quiet hours', () => {
  test('keep mails back until they end, and webhooks never', async () => {
    const local = clock.date.getUTCHours() * 60 + clock.date.getUTCMinutes()
    const quiet = { from: (local + 1_439) % 1_440, to: (local + 60) % 1_440 }
    await changeAlertSettings(actor, { muted: [], roles: ['owner'], addresses: ['ops@example.com'], quiet, timeZone: 'UTC' })
    const id = await connect()
    await become(id, 'reconnect_required')
    await settle()
    expect(await events()).toContain('connection.reconnect_required')
    expect(await mails()).toEqual([])
    await pass(HOUR)
    expect((await mails()).map(({ to }) => to).sort()).toEqual([actor.viewer.email, 'ops@example.com'].sort())
  })
})

test('a muted type is told to nobody, and shown all the same', async () => {
  await changeAlertSettings(actor, { muted: ['connection.reconnect_required'], roles: ['owner'], addresses: [], quiet: null, timeZone: 'UTC' })
  await become(await connect(), 'reconnect_required')
  await settle()
  await settle()
  expect(await mails()).toEqual([])
  expect((await getAlerts(actor.viewer)).alerts).toMatchObject([{ type: 'connection.reconnect_required', wasMoot: true }])
})

test('a channel gets the alerts that it asked for in one message, in which a name mentions nobody', async () => {
  await createWebhook(actor, { kind: 'slack', name: 'Channel', url: 'http://127.0.0.1:9/', events: ['connection.reconnect_required'] })
  await become(await connect('<!channel> & Co'), 'reconnect_required')
  await settle()
  await settle()
  const { body } = await db().webhookDelivery.findFirstOrThrow({ where: { endpoint: { kind: 'slack' } } })
  expect(JSON.parse(body)).toEqual({ text: expect.stringContaining('&lt;!channel&gt; &amp; Co') })
})

test('an admin token near its end is told at 30, 7, 1 and 0 days, once each', async () => {
  const { organizationId } = actor.viewer
  const expiresAt = new Date(clock.at + 31 * 24 * HOUR)
  await db().adminToken.create({ data: { organizationId, apiClientId, tokenSealed: 'x', tokenLast4: 'abcd', issuedAt: clock.date, expiresAt } })
  const seen: number[] = []
  for (let day = 0; day < 33; day += 1) {
    await alertRound()
    seen.push((await events()).length)
    clock.advance(24 * HOUR)
  }
  expect(seen.flatMap((count, day) => (count > (seen[day - 1] ?? 0) ? [31 - day] : []))).toEqual([30, 7, 1, 0])
  expect(new Set(await events())).toEqual(new Set(['admin_token.ending']))
})

describe('a quota', () => {
  const read = async (remaining: number) => {
    const { organizationId } = actor.viewer
    const reading = { remaining, readAt: clock.date }
    await db().quotaReading.upsert({
      where: { apiClientId },
      create: { apiClientId, organizationId, most: 100, mostAt: clock.date, ...reading },
      update: reading,
    })
    await alertRound()
  }

  test('below a tenth is told once, while it goes up and down about there', async () => {
    for (const remaining of [80, 11, 9, 12, 8, 15, 5]) {
      await read(remaining)
      clock.advance(MINUTE)
    }
    expect(await events()).toEqual(['quota.low'])
  })

  test('that has recovered for ten minutes is told again when it falls again', async () => {
    await read(5)
    clock.advance(11 * MINUTE)
    await read(90)
    await read(4)
    expect(await events()).toEqual(['quota.low', 'quota.low'])
  })
})

test('a machine key’s first address is no news, and every other is told once', async () => {
  const { organizationId, userId } = actor.viewer
  const key = await db().machineKey.create({
    data: { organizationId, name: 'Back end', environment: 'SANDBOX', digest: randomUUID(), last4: 'wxyz', scopes: [], properties: [], createdByUserId: userId, createdAt: clock.date },
  })
  const take = (address: string) =>
    database.sql('INSERT INTO hand_out_origins (machine_key_id, connection_id, address, first_at) VALUES ($1, $2, $3, $4)', [key.id, randomUUID(), address, clock.date])
  await take('192.0.2.1')
  await alertRound()
  expect(await events()).toEqual([])
  await take('198.51.100.7')
  await take('198.51.100.7')
  await alertRound()
  await alertRound()
  expect(await events()).toEqual(['machine_key.new_address'])
})
