import { describe, expect, test } from 'vitest'
import { db } from '../db'
import { answerOnce, type OnceRequest } from './answer-once'
import { pruneAnswers } from './prune-answers'
import { makeActor } from '../../tests/factories'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, makeMachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { clock } = rig
const front = await openMachineFront()
const DAY_MS = 24 * 3_600_000

async function makeRequest(changes: Partial<OnceRequest> = {}): Promise<OnceRequest> {
  const actor = await makeActor()
  const { id } = await makeMachineKey(actor)
  return { keyId: id, organizationId: actor.viewer.organizationId, name: 'a', method: 'POST', address: '/api/v1/x', body: '{"a":1}', ...changes }
}

/** Work that counts how often it was done. */
function countingWork(status = 200) {
  const work = { done: 0, run: () => Promise.resolve({ status, body: `answer ${(work.done += 1)}` }) }
  return work
}

describe('a request with an Idempotency-Key', () => {
  test('is done once, and answered the same when it is repeated', async () => {
    const [request, work] = [await makeRequest(), countingWork()]
    expect(await answerOnce(request, work.run)).toEqual({ isReplay: false, answer: { status: 200, body: 'answer 1' } })
    const elsewhere = await rig.asAnotherProcess(() => answerOnce(request, work.run))
    expect([elsewhere, work.done]).toEqual([{ isReplay: true, answer: { status: 200, body: 'answer 1' } }, 1])
  })

  test.each([400, 404, 409, 410, 422])('gets a refusal by %i again', async (status) => {
    const [request, work] = [await makeRequest(), countingWork(status)]
    await answerOnce(request, work.run)
    expect([(await answerOnce(request, work.run)).isReplay, work.done]).toEqual([true, 1])
  })

  test.each([401, 403, 429, 500, 502, 503])('is tried again after a %i, which says nothing final', async (status) => {
    const [request, work] = [await makeRequest(), countingWork(status)]
    await answerOnce(request, work.run)
    expect([(await answerOnce(request, work.run)).isReplay, work.done]).toEqual([false, 2])
  })

  test('is tried again after an answer that says so by its body, such as a report while Octorate is down', async () => {
    const request = await makeRequest()
    let done = 0
    const work = () => Promise.resolve({ status: 200, body: `${(done += 1)}`, isPassing: done < 2 })
    const replays = []
    for (let round = 0; round < 3; round += 1) replays.push((await answerOnce(request, work)).isReplay)
    expect([replays, done]).toEqual([[false, false, true], 2])
  })

  test('is another one with another body, address or method', async () => {
    const [request, work] = [await makeRequest(), countingWork()]
    await answerOnce(request, work.run)
    for (const change of [{ body: '{"a":2}' }, { address: '/api/v1/y' }, { method: 'DELETE' }]) {
      expect(await refusalOf(answerOnce({ ...request, ...change }, work.run))).toBe('idempotency_mismatch')
    }
    expect(work.done).toBe(1)
  })

  test('belongs to its machine key: the same text of another one is nobody else’s', async () => {
    const [one, other, work] = [await makeRequest(), await makeRequest(), countingWork()]
    await answerOnce(one, work.run)
    expect((await answerOnce(other, work.run)).isReplay).toBe(false)
  })

  test('is under way for whoever repeats it meanwhile, in every process', async () => {
    const request = await makeRequest()
    let finish: (answer: { status: number; body: string }) => void = () => undefined
    const first = answerOnce(request, () => new Promise<{ status: number; body: string }>((resolve) => (finish = resolve)))
    await expect.poll(() => db().idempotentAnswer.count({ where: { machineKeyId: request.keyId } })).toBe(1)
    const second = rig.asAnotherProcess(() => refusalOf(answerOnce(request, countingWork().run)))
    expect(await second).toBe('idempotency_in_progress')
    finish({ status: 200, body: 'late' })
    expect((await first).answer.body).toBe('late')
    expect((await answerOnce(request, countingWork().run)).answer.body).toBe('late')
  })

  test('is done by one of many who repeat it at the same time', async () => {
    const [request, work] = [await makeRequest(), countingWork()]
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => answerOnce(request, work.run).then(({ answer }) => answer.body, () => 'under way')))
    expect(work.done).toBe(1)
    expect(new Set(outcomes).has('answer 1')).toBe(true)
  })

  test('is taken over when the process that did it died, once', async () => {
    const [request, work] = [await makeRequest(), countingWork()]
    void answerOnce(request, () => new Promise<never>(() => undefined))
    await expect.poll(() => db().idempotentAnswer.count({ where: { machineKeyId: request.keyId } })).toBe(1)
    clock.advance(89_000)
    expect(await refusalOf(answerOnce(request, work.run))).toBe('idempotency_in_progress')
    clock.advance(1_000)
    const taken = await Promise.all(Array.from({ length: 5 }, () => answerOnce(request, work.run).then(() => 'done', () => 'under way')))
    expect([work.done, taken.includes('done')]).toEqual([1, true])
  })

  test('is forgotten after a day', async () => {
    const [request, work] = [await makeRequest(), countingWork()]
    await answerOnce(request, work.run)
    clock.advance(DAY_MS - 1)
    expect((await answerOnce(request, work.run)).isReplay).toBe(true)
    clock.advance(1)
    expect((await answerOnce({ ...request, body: 'another' }, work.run)).isReplay).toBe(false)
    clock.advance(DAY_MS + 1)
    await pruneAnswers(clock.date)
    expect(await db().idempotentAnswer.count({ where: { machineKeyId: request.keyId } })).toBe(0)
  })

  test.each(['', 'a b', 'é', 'x'.repeat(201), 'a\u0000'])('is refused when its key is %j', async (name) => {
    expect(await refusalOf(answerOnce(await makeRequest({ name }), countingWork().run))).toBe('idempotency_key_malformed')
  })

  test('keeps its answer sealed, and opens it for its own place only', async () => {
    const [request, other] = [await makeRequest(), await makeRequest()]
    for (const each of [request, other]) await answerOnce(each, () => Promise.resolve({ status: 200, body: 'a secret answer' }))
    const rows = await rig.database.sql<{ body_sealed: string }>('SELECT body_sealed FROM idempotent_answers WHERE machine_key_id = $1', [request.keyId])
    expect([rows.length, JSON.stringify(rows).includes('secret')]).toEqual([1, false])
    await rig.database.sql('UPDATE idempotent_answers SET body_sealed = $1 WHERE machine_key_id = $2', [rows[0]?.body_sealed, other.keyId])
    await expect(answerOnce(other, countingWork().run)).rejects.toThrow('did not open')
  })
})

describe('over HTTP', () => {
  test('a repeated report gets the first answer, marked as repeated, and Octorate is asked once', async () => {
    const setting = await makeMachineSetting(rig)
    clock.advance(3_600_000)
    const { fingerprint } = await askToken(front, setting)
    const calls = watchCalls(rig)
    const path = `/api/v1/connections/${setting.connectionId}/access-token/rejected`
    const send = (headers: Record<string, string>, body: unknown = { fingerprint, status: 401 }) => front.call('POST', path, { as: setting.key.header, body, headers })
    const [first, second] = [await send({ 'idempotency-key': 'k-1' }), await send({ 'idempotency-key': 'k-1' })]
    expect([first.status, second.status, second.text, second.headers['content-type']]).toEqual([200, 200, first.text, 'application/json'])
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([undefined, 'true'])
    expect((await send({ 'idempotency-key': 'k-1' }, { fingerprint, status: 403 })).json()).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
    expect((await send({ 'idempotency-key': 'k 1' })).json()).toMatchObject({ status: 400, code: 'idempotency_key_malformed' })
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test('a report that could not be looked into is looked into when it is repeated', async () => {
    const setting = await makeMachineSetting(rig)
    clock.advance(3_600_000)
    const { fingerprint } = await askToken(front, setting)
    const path = `/api/v1/connections/${setting.connectionId}/access-token/rejected`
    const send = () => front.call('POST', path, { as: setting.key.header, body: { fingerprint, status: 401 }, headers: { 'idempotency-key': 'k-3' } })
    await rig.sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: setting.apiClient.clientId, kind: 'status', status: 503, count: 1 })
    expect((await send()).json()).toEqual({ outcome: 'temporarily_unavailable' })
    clock.advance(10_000)
    expect((await send()).json()).toEqual({ outcome: 'refreshed' })
    expect((await send()).headers['idempotency-replayed']).toBe('true')
  })

  test('a token is never answered from the past: asking for many is done anew each time', async () => {
    const setting = await makeMachineSetting(rig)
    const send = () => front.call('POST', '/api/v1/access-tokens', { as: setting.key.header, body: { connections: [setting.connectionId] }, headers: { 'idempotency-key': 'k-2' } })
    const { text } = await send()
    clock.advance(25 * 3_600_000)
    const second = await send()
    expect([second.status, second.text === text, second.headers['idempotency-replayed']]).toEqual([200, false, undefined])
  })
})
