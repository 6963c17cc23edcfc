import { describe, expect, it } from 'vitest'
import { KeyrackRefusedError, ReconnectRequiredError, TemporarilyUnavailableError } from './create-keyrack-client'
import { settle } from '../tests/stepped-clock'
import { noAnswer, openClient, problem, SOME_KEY, token } from '../tests/fake-keyrack'

const target = { propertyId: '324410' }
const failure = (wanted: Promise<unknown>) => wanted.then(() => null, (error: unknown) => error)

describe('a call', () => {
  it('goes to the machine API with the key as bearer, and follows no redirect, which would carry the key away', async () => {
    let redirect: string | undefined
    const { client } = openClient([], {
      fetch: async (_, init) => {
        redirect = init?.redirect
        return new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } })
      },
    })
    expect(await failure(client.getAccessToken(target))).toMatchObject({ name: 'KeyrackRefusedError', code: 'not_keyrack', status: 302 })
    expect(redirect).toBe('manual')
    const { client: other, asked } = openClient([token('one')])
    await other.getAccessToken(target)
    expect(asked).toMatchObject([{ method: 'GET', path: '/api/v1/properties/324410/access-token' }])
    expect([asked[0]?.headers.get('authorization'), asked[0]?.query.get('minTtl')]).toEqual([`Bearer ${SOME_KEY}`, '60'])
  })

  it('encodes an id, so that it names nothing else', async () => {
    const { client, asked } = openClient([token('one')])
    await client.getAccessToken({ propertyId: '../connections?x#y' })
    expect(asked[0]?.path).toBe('/api/v1/properties/..%2Fconnections%3Fx%23y/access-token')
  })

  it('is made at most 64 times at once, or a start would open thousands of sockets', async () => {
    let [underWay, most] = [0, 0]
    const { client, asked } = openClient(async ({ path }) => {
      underWay += 1
      most = Math.max(most, underWay)
      await settle()
      underWay -= 1
      return path.endsWith('/c-7/access-token') ? problem(404, 'not_found') : token('one')
    })
    const ids = Array.from({ length: 1_000 }, (_, index) => ({ connectionId: `c-${index}` }))
    const outcomes = await Promise.allSettled(ids.map((each) => client.getAccessToken(each)))
    expect([most, asked.length, outcomes.filter(({ status }) => status === 'fulfilled').length]).toEqual([64, 1_000, 999])
  })

  it('reads the key anew for every request, so that a rotated one needs no restart', async () => {
    const keys = [SOME_KEY, SOME_KEY.replace('KK', 'LL')]
    const { client, asked } = openClient([token('one', 1), token('two')], { key: async () => keys.shift() ?? '' })
    await client.getAccessToken({ connectionId: 'a' })
    await client.getAccessToken({ connectionId: 'b' })
    expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual([`Bearer ${SOME_KEY}`, `Bearer ${SOME_KEY.replace('KK', 'LL')}`])
  })

  it('sends nothing that is no machine key, because it may be the secret of something else', async () => {
    const { client, asked } = openClient([], { key: () => 'hunter2' })
    const error = await failure(client.getAccessToken(target))
    expect([error instanceof TypeError, String(error).includes('hunter2'), asked.length]).toEqual([true, false, 0])
  })
})

describe('retries', () => {
  it('tries again when nothing answers, at most four times, with growing random pauses', async () => {
    const { client, clock, asked } = openClient(() => noAnswer())
    const wanted = failure(client.getAccessToken(target))
    await clock.advance(249)
    expect(asked.length).toBe(1)
    await clock.advance(1)
    expect(asked.length).toBe(2)
    await clock.advance(60_000)
    expect(asked.length).toBe(4)
    expect(await wanted).toBeInstanceOf(TemporarilyUnavailableError)
    expect(await wanted).toMatchObject({ code: 'unreachable', message: 'Keyrack does not answer (ECONNREFUSED).', retryAfterSeconds: null })
  })

  it('waits as Retry-After says, and answers the caller as soon as there is a token', async () => {
    const busy = problem(503, 'temporarily_unavailable', { retryAfterSeconds: 3 })
    const { client, clock, asked } = openClient([busy, token('one')])
    const wanted = client.getAccessToken(target)
    await clock.advance(3_000)
    expect(asked.length).toBe(1)
    await clock.advance(300)
    expect((await wanted).value).toBe('one')
  })

  it('does not make the caller wait when Retry-After is long, but says how long', async () => {
    const { client } = openClient([problem(503, 'temporarily_unavailable', { retryAfterSeconds: 30 })])
    expect(await failure(client.getAccessToken(target))).toMatchObject({ name: 'TemporarilyUnavailableError', retryAfterSeconds: 30, requestId: 'r-1' })
  })

  it.each([
    ['a page of a proxy', new Response('<html>', { status: 502, headers: { 'retry-after': '25' } }), 'unreachable', 25],
    ['a rate limit', problem(429, 'rate_limited', { retryAfterSeconds: 40 }), 'rate_limited', 40],
    ['a sealed console', problem(503, 'sealed', { retryAfterSeconds: 60 }), 'sealed', 60],
    ['a first request of the same idempotency key under way', problem(409, 'idempotency_in_progress', { retryAfterSeconds: 90 }), 'idempotency_in_progress', 90],
    ['a refresh refused once', problem(409, 'refresh_refused_once', { retryAfterSeconds: 30 }), 'refresh_refused_once', 30],
  ])('takes %s for something that passes', async (...[, response, code, retryAfterSeconds]) => {
    const { client } = openClient([response])
    const error = await failure(client.getAccessToken(target))
    expect(error).toBeInstanceOf(TemporarilyUnavailableError)
    expect(error).toMatchObject({ code, retryAfterSeconds })
  })

  it.each(['reconnect_required', 'refresh_token_missing', 'already_disconnected'])('asks for a reconnect at %s, at once', async (code) => {
    const { client, asked } = openClient([problem(409, code)])
    const error = await failure(client.getAccessToken(target))
    expect(error).toBeInstanceOf(ReconnectRequiredError)
    expect([error, asked.length]).toMatchObject([{ code, status: 409, message: 'It did not go well. Do this.', requestId: 'r-1' }, 1])
  })

  it.each([
    [problem(401, 'machine_key_invalid'), 'machine_key_invalid'],
    [problem(403, 'machine_key_scope'), 'machine_key_scope'],
    [problem(404, 'not_found'), 'not_found'],
    [problem(409, 'property_ambiguous'), 'property_ambiguous'],
    [new Response('<h1>Not found</h1>', { status: 404 }), 'not_keyrack'],
    [new Response('hello'), 'not_keyrack'],
    [Response.json({ hello: 1 }), 'not_keyrack'],
    [Response.json({ connectionId: 'c', accessToken: '', expiresAt: '2026-03-17T09:10:11Z', expiresIn: 5, fingerprint: '' }), 'not_keyrack'],
  ])('takes a clear no for one, at once', async (response, code) => {
    const { client, asked } = openClient([response])
    const error = await failure(client.getAccessToken(target))
    expect(error).toBeInstanceOf(KeyrackRefusedError)
    expect([error, asked.length]).toMatchObject([{ code }, 1])
  })
})
