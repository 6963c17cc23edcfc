import { createHmac, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventType } from '@/contracts/events'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { announce } from '../events/announce'
import { startJobs } from '../jobs/start-jobs'
import { getRuntime, setRuntime } from '../runtime'
import { makeActor } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { openWebhookReceiver, type WebhookReceiver } from '../../tests/webhook-receiver'
import { changeWebhook } from './change-webhook'
import { createWebhook } from './create-webhook'
import { deliverWebhook } from './deliver-webhook'
import { listDeliveries } from './list-deliveries'
import { getWebhook, listWebhooks } from './list-webhooks'
import { redeliver } from './redeliver'
import { removeWebhook } from './remove-webhook'
import { rotateWebhookSecret } from './rotate-webhook-secret'
import { testWebhook } from './test-webhook'

const rig = await openRig()
const { database, clock } = rig
const actor = await makeActor()
const stranger = await makeActor()
const { organizationId } = actor.viewer
const HOUR = 60 * 60_000

let receiver: WebhookReceiver
beforeEach(async () => {
  receiver = await openWebhookReceiver()
  setRuntime({ ...rig.runtime, env: { ...rig.runtime.env, KEYRACK_WEBHOOKS_TO_LOOPBACK: 'on' } })
})
afterEach(async () => {
  await receiver.close()
  setRuntime(rig.runtime)
  await db().webhookEndpoint.deleteMany()
  await database.sql('DELETE FROM graphile_worker._private_jobs')
})

const make = async (events: EventType[] = ['connection.reconnected']) => {
  const { secret, webhook } = await createWebhook(actor, { kind: 'signed', name: 'Back end', url: `${receiver.url}?token=hidden`, events })
  return { id: webhook.id, secret: secret ?? '' }
}
const tell = (type: EventType = 'connection.reconnected') =>
  transaction((tx) => announce(tx, [{ type, organizationId, about: { kind: 'connection', id: randomUUID() }, name: 'Hotel Roma', data: { connection: { name: 'Hotel Roma' } }, at: clock.date }]))
const only = async (id: string) => {
  const { items } = await listDeliveries(actor.viewer, id, { page: 1 })
  expect(items).toHaveLength(1)
  const [delivery] = items
  if (!delivery) throw new Error('there is no delivery')
  return delivery
}
const signatureOf = (secret: string, { headers, body }: WebhookReceiver['received'][number]) => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64')}`
}

describe('a webhook', () => {
  test('shows its signing secret once, and keeps its address and its secret sealed', async () => {
    const { id, secret } = await make()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const [row] = await database.sql<Record<string, unknown>>('SELECT * FROM webhook_endpoints WHERE id = $1', [id])
    expect(JSON.stringify(row)).not.toContain(secret.slice(6))
    expect(JSON.stringify([row, await getWebhook(actor.viewer, id)])).not.toContain('token=hidden')
    expect(await getWebhook(actor.viewer, id)).toMatchObject({ origin: new URL(receiver.url).origin, secretLast4: secret.slice(-4) })
  })

  test.each(['http://hooks.example.com/', 'https://10.0.0.1/', 'https://169.254.169.254/', 'nonsense'])('is not made for %s, which may not be called', async (url) => {
    await expect(createWebhook(actor, { kind: 'signed', name: 'x', url, events: ['quota.low'] })).rejects.toThrow('invalid_input')
  })

  test('on this machine is not made where nobody switched that on', async () => {
    setRuntime(rig.runtime)
    await expect(make()).rejects.toThrow('invalid_input')
  })

  test('belongs to one organization', async () => {
    const { id } = await make()
    expect((await listWebhooks(stranger.viewer)).items).toEqual([])
    const asStranger = [
      () => getWebhook(stranger.viewer, id), () => listDeliveries(stranger.viewer, id, { page: 1 }), () => testWebhook(stranger, id),
      () => removeWebhook(stranger, id), () => changeWebhook(stranger, id, { name: 'mine' }), () => rotateWebhookSecret(stranger, id, { overlapHours: 0 }),
    ]
    for (const attempt of asStranger) await expect(attempt()).rejects.toThrow('not_found')
  })
})

describe('an event', () => {
  test('reaches those that asked for it, signed as Standard Webhooks say', async () => {
    const { id, secret } = await make()
    const other = await make(['quota.low'])
    await tell()
    const running = await startJobs(database.ownerUrl)
    await until(async () => expect(await only(id)).toMatchObject({ state: 'delivered', tries: 1 }))
    await running.stop()
    const [message] = receiver.received
    expect(receiver.received).toHaveLength(1)
    expect(message?.json).toMatchObject({ type: 'connection.reconnected', organization: { id: organizationId }, data: { connection: { name: 'Hotel Roma' } } })
    expect(message?.headers['webhook-id']).toBe(message?.json.id)
    expect(message && signatureOf(secret, message)).toBe(message?.headers['webhook-signature'])
    expect((await listDeliveries(actor.viewer, other.id, { page: 1 })).total).toBe(0)
  })

  test('of a transaction that is rolled back is told to nobody', async () => {
    const { id } = await make()
    const failing = transaction(async (tx) => {
      await announce(tx, [{ type: 'connection.reconnected', organizationId, about: { kind: 'connection', id: 'x' }, name: 'x', data: {}, at: clock.date }])
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect((await listDeliveries(actor.viewer, id, { page: 1 })).total).toBe(0)
  })

  test('is sent again after a failure, later each time and with the same id, and the answers are kept masked', async () => {
    const { id } = await make()
    receiver.status = 503
    receiver.answer = 'try later, access_token=abcdefghijklmnop0123456789'
    await tell()
    const { id: deliveryId } = await only(id)
    const waits: number[] = []
    for (let round = 0; round < 3; round += 1) {
      await deliverWebhook(deliveryId)
      const { nextTryAt } = await only(id)
      waits.push(Date.parse(nextTryAt ?? '') - clock.at)
      clock.at = Date.parse(nextTryAt ?? '') + 10 * 60_000
    }
    receiver.status = 200
    await deliverWebhook(deliveryId)
    const { state, attempts } = await only(id)
    expect({ state, waits }).toEqual({ state: 'delivered', waits: [5_000, 30_000, 120_000] })
    expect(attempts.map(({ status }) => status)).toEqual([200, 503, 503, 503])
    expect(attempts[3]?.answer).toContain('try later')
    expect(JSON.stringify(attempts)).not.toContain('abcdefghijklmnop')
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await getWebhook(actor.viewer, id)).toMatchObject({ failingSince: null })
  })

  test('is sent once when two processes try at once', async () => {
    const { id } = await make()
    await tell()
    const { id: deliveryId } = await only(id)
    await Promise.all([deliverWebhook(deliveryId), deliverWebhook(deliveryId), deliverWebhook(deliveryId)])
    expect(receiver.received).toHaveLength(1)
  })

  test('is given up after a day, and sent again when a person says so', async () => {
    const { id } = await make()
    receiver.status = 500
    await tell()
    const { id: deliveryId } = await only(id)
    for (let round = 0; round < 14; round += 1) {
      await deliverWebhook(deliveryId)
      const { nextTryAt } = await only(id)
      clock.at = Math.max(clock.at, Date.parse(nextTryAt ?? '') || 0) + 10 * 60_000
    }
    expect(await only(id)).toMatchObject({ state: 'failed', nextTryAt: null })
    receiver.status = 200
    const sent = receiver.received.length
    await redeliver(actor, id, deliveryId)
    await deliverWebhook(deliveryId)
    expect(receiver.received).toHaveLength(sent + 1)
    expect(await only(id)).toMatchObject({ state: 'delivered' })
    await expect(redeliver(stranger, id, deliveryId)).rejects.toThrow('not_found')
  })
})

describe('an endpoint that fails', () => {
  test('is left alone for a while, so that it holds up nobody', async () => {
    const { id } = await make()
    receiver.status = 500
    for (let number = 0; number < 5; number += 1) await tell()
    const { items } = await listDeliveries(actor.viewer, id, { page: 1 })
    for (const delivery of items) await deliverWebhook(delivery.id)
    expect(receiver.received).toHaveLength(3)
    clock.advance(10_000)
    for (const delivery of items.slice(3)) await deliverWebhook(delivery.id)
    expect(receiver.received).toHaveLength(4)
  })

  test('for three days is switched off, people are told, and it is switched on by a person', async () => {
    const { id } = await make()
    receiver.status = 500
    for (let day = 0; day < 4; day += 1) {
      await tell()
      const { items } = await listDeliveries(actor.viewer, id, { page: 1 })
      await deliverWebhook(items[0]?.id ?? '')
      clock.advance(24 * HOUR)
    }
    expect(await getWebhook(actor.viewer, id)).toMatchObject({ disabledByKeyrack: true })
    expect(await db().alert.findMany({ where: { organizationId, type: 'webhook.disabled' } })).toHaveLength(1)
    const { total } = await listDeliveries(actor.viewer, id, { page: 1 })
    await tell()
    expect((await listDeliveries(actor.viewer, id, { page: 1 })).total).toBe(total)
    expect(await changeWebhook(actor, id, { isOn: true })).toMatchObject({ disabledAt: null, failingSince: null })
    await tell()
    expect((await listDeliveries(actor.viewer, id, { page: 1 })).total).toBe(total + 1)
  })
})

test('a signing secret that was replaced signs beside its successor until its time is over', async () => {
  const { id, secret } = await make()
  const { secret: next } = await rotateWebhookSecret(actor, id, { overlapHours: 24 })
  const send = async () => {
    const { id: deliveryId } = await testWebhook(actor, id)
    await deliverWebhook(deliveryId)
    const message = receiver.received.at(-1)
    if (!message) throw new Error('nothing was received')
    return { signatures: String(message.headers['webhook-signature']).split(' '), message }
  }
  const during = await send()
  expect(during.signatures).toEqual([signatureOf(next ?? '', during.message), signatureOf(secret, during.message)])
  clock.advance(24 * HOUR)
  const after = await send()
  expect(after.signatures).toEqual([signatureOf(next ?? '', after.message)])
  expect(getRuntime().env.KEYRACK_WEBHOOKS_TO_LOOPBACK).toBe('on')
})
