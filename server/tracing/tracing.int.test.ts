import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { secretsOf } from '../../tests/known-secrets'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, isLive, makeMachineSetting, type MachineSetting } from '../../tests/machine-setting'
import { openRig } from '../../tests/runtime'
import { openTraceReceiver, pathOf, type ReceivedSpan, type TraceReceiver } from '../../tests/trace-receiver'
import { placeFreeze } from '../freezes/place-freeze'
import { setRuntime } from '../runtime'
import { inSpan } from './in-span'
import { openTracing } from './open-tracing'
import type { Tracing } from './tracing'

const rig = await openRig()
const front = await openMachineFront()

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const CALLER = '00f067aa0ba902b7'
const traceparent = `00-${TRACE}-${CALLER}-01`

let setting: MachineSetting
let tracing: Tracing | null

async function traceTo(receiver: Pick<TraceReceiver, 'url'>): Promise<void> {
  tracing = await openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
  setRuntime({ ...rig.runtime, tracing })
}

/** A token that has ended makes the next hand-out refresh. */
async function endToken(): Promise<void> {
  const [row] = await rig.database.sql<{ at: Date }>('SELECT access_expires_at AS at FROM connections WHERE id = $1', [setting.connectionId])
  rig.clock.advance((row?.at.getTime() ?? 0) - rig.clock.at + 1_000)
}

const ask = (headers: Record<string, string> = {}, query = '') =>
  front.call('GET', `/api/v1/connections/${setting.connectionId}/access-token${query}`, { as: setting.key.header, headers })

const attributesOf = (span: ReceivedSpan | undefined) =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value['stringValue'] ?? Number(value['intValue'])]))

beforeEach(async () => {
  setting = await makeMachineSetting(rig)
})

afterEach(async () => {
  setRuntime(rig.runtime)
  await tracing?.stop()
})

describe('with a collector', () => {
  let receiver: TraceReceiver

  beforeEach(async () => {
    receiver = await openTraceReceiver()
    await traceTo(receiver)
  })

  afterEach(() => receiver.close())

  test("a hand-out that refreshes is one trace below the caller's span, from the request to the call and the database", async () => {
    await endToken()
    expect((await ask({ traceparent })).status).toBe(200)
    await tracing?.stop()
    const spans = receiver.spans()
    const request = 'GET /api/v1/connections/:id/access-token'
    const paths = spans.map((span) => pathOf(span, spans))
    expect(paths).toContainEqual([request])
    expect(paths).toContainEqual(['hand out', request])
    expect(paths).toContainEqual(['refresh', 'hand out', request])
    expect(paths).toContainEqual(['octorate refresh', 'refresh', 'hand out', request])
    expect(paths).toContainEqual(['database journal', 'refresh', 'hand out', request])
    expect(paths).toContainEqual(['database settle', 'refresh', 'hand out', request])
    expect(paths).toContainEqual(['database ledger', 'hand out', request])
    const top = spans.find(({ name }) => name === request)
    expect([top?.traceId, top?.parentSpanId, top?.kind]).toEqual([TRACE, CALLER, 2])
    expect(attributesOf(top)).toMatchObject({ 'http.response.status_code': 200 })
    const refresh = spans.find(({ name }) => name === 'refresh')
    expect(attributesOf(refresh)).toEqual({
      'keyrack.connection_id': setting.connectionId, 'keyrack.refresh_reason': 'hand_out', 'keyrack.outcome': 'refreshed',
    })
  })

  test('an act has its transaction below it', async () => {
    await inSpan({ name: 'hand out' }, () => placeFreeze(setting.actor, { kind: 'connection', targetId: setting.connectionId, reason: 'A key leaked' }))
    await tracing?.stop()
    const spans = receiver.spans()
    expect(spans.map((span) => pathOf(span, spans))).toContainEqual(['database transaction', 'hand out'])
  })

  test('a traceparent that is none begins a trace here, because a caller must not break a call with it', async () => {
    expect((await ask({ traceparent: `00-${'0'.repeat(32)}-${CALLER}-01` })).status).toBe(200)
    await tracing?.stop()
    const top = receiver.spans().find(({ kind }) => kind === 2)
    expect([top?.traceId.length, top?.parentSpanId ?? '']).toEqual([32, ''])
  })

  test('callers that wait for the same refresh name its span, because only one trace can hold it', async () => {
    await endToken()
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await tracing?.stop()
    const spans = receiver.spans()
    const [refresh, ...more] = spans.filter(({ name }) => name === 'refresh')
    const joined = spans.filter(({ name }) => name === 'join refresh')
    expect(more).toEqual([])
    expect(joined.length).toBeGreaterThan(0)
    expect(joined.flatMap(({ links = [] }) => links.map(({ spanId }) => spanId))).toEqual(joined.map(() => refresh?.spanId))
  })

  test('a span holds no secret: not of what was handed out, asked for, sent to Octorate or refused', async () => {
    await endToken()
    const handedOut = await askToken(front, setting)
    await ask({}, '?min_ttl=canary-in-the-query')
    await front.call('GET', '/api/v1/connections/canary-in-the-path/access-token', { as: setting.key.header })
    await front.call('GET', '/api/v1/connections', { as: 'Bearer canary-for-a-key' })
    await rig.sandbox.control.revoke({ clientId: setting.apiClient.clientId })
    await endToken()
    await ask()
    await tracing?.stop()
    const sent = receiver.raw()
    const secrets = [...secretsOf(rig.sandbox), setting.key.header.replace('Bearer ', ''), handedOut.accessToken, 'canary-']
    expect(secrets.length).toBeGreaterThan(6)
    expect(receiver.spans().filter(({ name }) => name === 'octorate refresh').length).toBeGreaterThan(1)
    expect(secrets.filter((secret) => sent.includes(secret))).toEqual([])
  })
})

test('a collector that takes everything and answers nothing keeps nobody waiting', async () => {
  const receiver = await openTraceReceiver({ hung: true })
  await traceTo(receiver)
  // Many times what is sent at once, and more than is kept: the rest is dropped.
  for (let round = 0; round < 40; round += 1) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask()))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  }
  const stoppedAt = performance.now()
  await tracing?.stop()
  expect(performance.now() - stoppedAt).toBeLessThan(4_000)
  expect(receiver.requests()).toBeGreaterThan(0)
  expect(isLive(rig, await askToken(front, setting))).toBe(true)
  await receiver.close()
})

test('a collector that is not there fails nothing', async () => {
  const receiver = await openTraceReceiver()
  await receiver.close()
  await traceTo(receiver)
  await endToken()
  expect(isLive(rig, await askToken(front, setting))).toBe(true)
  await tracing?.stop()
  expect(isLive(rig, await askToken(front, setting))).toBe(true)
})

test('nothing is traced, and no package of OpenTelemetry asked for, without a collector', async () => {
  expect(await openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: undefined })).toBeNull()
})
