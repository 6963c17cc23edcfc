import { describe, expect, it } from 'vitest'
import { HOUR, noAnswer, openClient, problem, SOME_KEY, token, tokenAnswer, KEYRACK, type Asked } from '../tests/fake-keyrack'
import { settle } from '../tests/stepped-clock'
import { createKeyrackClient, type TokenCache } from './create-keyrack-client'

const target = { propertyId: '324410' }
const failure = (wanted: Promise<unknown>) => wanted.then(() => null, (error: unknown) => error)

/** Answers t1, t2, … each with so many seconds left. */
function counting(expiresIn: () => number) {
  let count = 0
  return () => token(`t${(count += 1)}`, expiresIn())
}

describe('options', () => {
  it.each(['http://keyrack.example.com', 'ftp://keyrack.example.com', 'keyrack'])('refuses %s, because the key would be readable on its way', (url) => {
    expect(() => createKeyrackClient({ url, key: SOME_KEY })).toThrow(TypeError)
  })

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'https://keyrack.example.com'])('takes %s', (url) => {
    expect(() => createKeyrackClient({ url, key: SOME_KEY })).not.toThrow()
  })

  it('refuses a key that is none, without repeating it', () => {
    expect(() => createKeyrackClient({ url: KEYRACK, key: 'hunter2' })).toThrow(/^The key is no machine key(?!.*hunter2)/)
  })

  it.each([-1, 43_201, Number.NaN])('refuses a least life of %d seconds, which Keyrack would refuse', async (minTtlSeconds) => {
    expect(() => createKeyrackClient({ url: KEYRACK, key: SOME_KEY, minTtlSeconds })).toThrow(RangeError)
    expect(await failure(openClient([]).client.getAccessToken(target, { minTtlSeconds }))).toBeInstanceOf(RangeError)
  })

  it.each([{}, { propertyId: '' }, { connectionId: 7 }])('refuses the target %j', async (wrong) => {
    const { client } = openClient([])
    expect(await failure(client.getAccessToken(wrong as { propertyId: string }))).toBeInstanceOf(TypeError)
  })
})

describe('getAccessToken', () => {
  it('answers from memory while enough life is left, and counts that from when it asked', async () => {
    const { client, clock, asked } = openClient([
      async () => {
        clock.at += 10_000
        return token('one', 3_600)
      },
      token('two', 3_600),
    ])
    const first = await client.getAccessToken(target)
    expect([first.value, first.secondsLeft, first.expiresAt.toISOString()]).toEqual(['one', 3_590, '2026-03-17T09:10:11.360Z'])
    expect((await client.getAccessToken(target)).value).toBe('one')
    expect(asked.length).toBe(1)
  })

  it('asks once for a hundred callers', async () => {
    const { client, asked } = openClient([token('one')])
    const tokens = await Promise.all(Array.from({ length: 100 }, () => client.getAccessToken(target)))
    expect([asked.length, new Set(tokens.map(({ value }) => value))]).toEqual([1, new Set(['one'])])
  })

  it('fails for a hundred callers after one series of tries, and asks again for the next', async () => {
    const { client, asked } = openClient([problem(409, 'reconnect_required'), token('one')])
    const errors = await Promise.all(Array.from({ length: 100 }, () => failure(client.getAccessToken(target))))
    expect([asked.length, errors.every((error) => error === errors[0])]).toEqual([1, true])
    expect((await client.getAccessToken(target)).value).toBe('one')
  })

  it('lets a caller who wants more life wait for the flight under way, then asks for as much', async () => {
    const { client, asked } = openClient(({ query }: Asked) => token(`for ${query.get('minTtl')}`, Number(query.get('minTtl')) + 1))
    const [short, long, same] = await Promise.all([60, 3_600, 30].map((minTtlSeconds) => client.getAccessToken(target, { minTtlSeconds })))
    expect([short?.value, long?.value, same?.value]).toEqual(['for 60', 'for 3600', 'for 60'])
    expect(asked.length).toBe(2)
  })

  it('hands out a shorter token than wanted when Keyrack has no longer one, and does not ask for every call', async () => {
    const { client, clock, asked } = openClient(counting(() => 30))
    for (let call = 0; call < 10; call += 1) expect((await client.getAccessToken(target)).value).toBe('t1')
    expect(asked.length).toBe(1)
    clock.at += 5_001
    expect((await client.getAccessToken(target)).value).toBe('t2')
  })

  it('never hands out an ended token', async () => {
    const { client, clock } = openClient([token('one', 100), ...Array.from({ length: 9 }, () => noAnswer())])
    await client.getAccessToken(target)
    clock.at += 100_000
    const wanted = failure(client.getAccessToken(target))
    await clock.advance(60_000)
    expect(await wanted).toMatchObject({ name: 'TemporarilyUnavailableError' })
  })

  it('does not believe a token that ended on its way here', async () => {
    const { client, clock } = openClient([
      async () => {
        clock.at += 30_000
        return token('one', 20)
      },
      () => problem(409, 'reconnect_required'),
    ])
    expect(await failure(client.getAccessToken(target))).toMatchObject({ code: 'temporarily_unavailable' })
  })
})

describe('asking ahead', () => {
  it('fetches a new token in the background before half of what was left has passed', async () => {
    const { client, clock, asked } = openClient(counting(() => 24 * 3_600))
    await client.getAccessToken(target)
    await clock.advance(10.7 * HOUR)
    expect(asked.length).toBe(1)
    await clock.advance(0.2 * HOUR)
    expect(asked.length).toBe(2)
    expect((await client.getAccessToken(target)).value).toBe('t2')
    expect(asked.length).toBe(2)
  })

  it('spreads tokens that were fetched together over a tenth of their life', async () => {
    const turns = Array.from({ length: 200 }, (_, index) => index / 200)
    const { client, clock, asked } = openClient(counting(() => 24 * 3_600), { random: () => turns.pop() ?? 0 })
    const targets = Array.from({ length: 200 }, (_, index) => ({ connectionId: `c-${index}` }))
    for (const each of targets) await client.getAccessToken(each)
    await clock.advance(9.5 * HOUR)
    expect(asked.length).toBe(200)
    await clock.advance(1.3 * HOUR)
    expect(asked.length).toBeGreaterThan(280)
    expect(asked.length).toBeLessThan(320)
  })

  it('leaves a target alone that nobody asked for in a day, and forgets its token at the end', async () => {
    const { client, clock, asked } = openClient(counting(() => 24 * 3_600))
    await client.getAccessToken(target)
    await clock.advance(72 * HOUR)
    expect([asked.length, clock.waiting]).toEqual([3, 0])
  })

  it('also asks when the timer is late, because machines sleep', async () => {
    const { client, clock, asked } = openClient(counting(() => 24 * 3_600))
    await client.getAccessToken(target)
    clock.at += 15 * HOUR
    expect((await client.getAccessToken(target)).value).toBe('t1')
    await settle()
    expect((await client.getAccessToken(target)).value).toBe('t2')
    expect(asked.length).toBe(2)
  })

  it('tries again in the background with growing pauses while Keyrack is silent, and callers never wait for it', async () => {
    let isUp = true
    const { client, clock, asked } = openClient(() => (isUp ? token('one', 24 * 3_600) : noAnswer()))
    await client.getAccessToken(target)
    isUp = false
    await clock.advance(23.99 * HOUR)
    const tries = asked.length
    expect(tries).toBeGreaterThan(100)
    expect(tries).toBeLessThan(13 * 30)
    // The last half minute: shorter than the least life that is wanted, and still handed out without a pause.
    expect((await client.getAccessToken(target)).value).toBe('one')
    isUp = true
    await clock.advance(0.005 * HOUR)
    await clock.advance(5 * 60_000)
    expect((await client.getAccessToken(target)).secondsLeft).toBeGreaterThan(23 * 3_600)
  })

  it('ends what is kept at a clear no, because a revoked key or connection is to count', async () => {
    const { client, clock } = openClient([token('one', 24 * 3_600), problem(401, 'machine_key_invalid'), problem(401, 'machine_key_invalid')])
    await client.getAccessToken(target)
    await clock.advance(12 * HOUR)
    expect(await failure(client.getAccessToken(target))).toMatchObject({ code: 'machine_key_invalid' })
  })

  it("keeps what it has when somebody else's page answers in place of Keyrack", async () => {
    const { client, clock } = openClient([token('one', 24 * 3_600), ...Array.from({ length: 99 }, () => () => new Response('<h1>Moved</h1>', { status: 404 }))])
    await client.getAccessToken(target)
    await clock.advance(12 * HOUR)
    expect((await client.getAccessToken(target)).value).toBe('one')
  })

  it('stops at close', async () => {
    const { client, clock, asked } = openClient(counting(() => 24 * 3_600))
    await client.getAccessToken(target)
    client.close()
    await clock.advance(48 * HOUR)
    expect([asked.length, clock.waiting]).toEqual([1, 0])
  })
})

describe('getAccessTokens', () => {
  it('asks for many in one call, in their order, each with its own outcome, and only for those it has not', async () => {
    const { client, asked } = openClient([
      token('kept', 3_600, 'c-9'),
      Response.json({
        items: [
          { propertyId: '2', token: null, refusal: { code: 'reconnect_required', message: 'Gone.' } },
          { connectionId: 'c-1', token: tokenAnswer('one', 3_600, 'c-1'), refusal: null },
          { propertyId: '3', token: null, refusal: { code: 'temporarily_unavailable', message: 'Later.', retryAfterSeconds: 9 } },
          { propertyId: '4', connectionId: 'c-4', token: null, refusal: { code: 'not_found', message: 'Nothing.' } },
        ],
      }),
    ])
    await client.getAccessToken({ connectionId: 'c-9' })
    const outcomes = await client.getAccessTokens([
      { connectionId: 'c-1' }, { connectionId: 'c-9' }, { propertyId: '2' }, { propertyId: '3' }, { propertyId: '4' }, { propertyId: '5' }, { connectionId: 'c-1' },
    ])
    expect(outcomes.map(({ token, error }) => token?.value ?? [error?.name, error?.code])).toEqual([
      'one', 'kept', ['ReconnectRequiredError', 'reconnect_required'], ['TemporarilyUnavailableError', 'temporarily_unavailable'],
      ['KeyrackRefusedError', 'not_found'], ['TemporarilyUnavailableError', 'unreachable'], 'one',
    ])
    expect(asked[1]).toMatchObject({ path: '/api/v1/access-tokens', body: { connections: ['c-1'], properties: ['2', '3', '4', '5'], minTtl: 60 } })
    expect((await client.getAccessToken({ connectionId: 'c-1' })).value).toBe('one')
    expect(asked.length).toBe(2)
  })

  it('gives the others theirs when Keyrack cannot read one of them, and asks once more for that', async () => {
    const { client, asked } = openClient(({ body }: Asked) => {
      const { connections, properties } = body as { connections: string[]; properties: string[] }
      const wrong = properties.flatMap((id, index) => (id.length > 100 ? [{ path: `properties.${index}`, message: 'Too long.' }] : []))
      if (wrong.length > 0) return problem(400, 'invalid_input', { issues: wrong })
      return Response.json({ items: connections.map((id) => ({ connectionId: id, token: tokenAnswer(`t-${id}`, 3_600, id), refusal: null })) })
    })
    const outcomes = await client.getAccessTokens([{ connectionId: 'c-1' }, { propertyId: '7'.repeat(101) }, { connectionId: 'c-2' }])
    expect(outcomes.map(({ token, error }) => token?.value ?? error?.code)).toEqual(['t-c-1', 'invalid_input', 't-c-2'])
    expect(asked.length).toBe(2)
  })

  it('gives out what one call brought, when the next one fails', async () => {
    const { client } = openClient(({ body }: Asked) => {
      const { connections } = body as { connections: string[] }
      if (connections.length === 1) return problem(403, 'machine_key_scope')
      return Response.json({ items: connections.map((id) => ({ connectionId: id, token: tokenAnswer(`t-${id}`, 3_600, id), refusal: null })) })
    })
    const outcomes = await client.getAccessTokens(Array.from({ length: 501 }, (_, index) => ({ connectionId: `c-${index}` })))
    expect([outcomes[499]?.token?.value, outcomes[500]?.error?.code]).toEqual(['t-c-499', 'machine_key_scope'])
  })

  it('asks for at most 500 in one call', async () => {
    const { client, asked } = openClient(({ body }: Asked) => {
      const { connections } = body as { connections: string[] }
      return Response.json({ items: connections.map((id) => ({ connectionId: id, token: tokenAnswer(`t-${id}`, 3_600, id), refusal: null })) })
    })
    const outcomes = await client.getAccessTokens(Array.from({ length: 1_001 }, (_, index) => ({ connectionId: `c-${index}` })))
    expect([outcomes.length, outcomes[1_000]?.token?.value, asked.length]).toEqual([1_001, 't-c-1000', 3])
  })

  it('shares its call with those who want one of them meanwhile', async () => {
    const { client, asked } = openClient([Response.json({ items: [{ connectionId: 'c-1', token: tokenAnswer('one'), refusal: null }] })])
    const [many, single] = await Promise.all([client.getAccessTokens([{ connectionId: 'c-1' }]), client.getAccessToken({ connectionId: 'c-1' })])
    expect([many[0]?.token?.value, single.value, asked.length]).toEqual(['one', 'one', 1])
  })

  it('answers from what is kept when Keyrack is silent', async () => {
    const { client, clock } = openClient([token('one', 100), ...Array.from({ length: 20 }, () => noAnswer())])
    await client.getAccessToken({ connectionId: 'c-1' })
    clock.at += 50_000
    const wanted = client.getAccessTokens([{ connectionId: 'c-1' }, { connectionId: 'c-2' }])
    await clock.advance(30_000)
    expect((await wanted).map(({ token, error }) => token?.value ?? error?.code)).toEqual(['one', 'unreachable'])
  })
})

describe('a cache of the caller', () => {
  function mapCache(entries = new Map<string, string>()) {
    const cache: TokenCache = {
      get: (key) => entries.get(key),
      set: async (key, value, ttlSeconds) => void (ttlSeconds > 0 && entries.set(key, value)),
      delete: (key) => entries.delete(key),
    }
    return { cache, entries }
  }

  it('lets a back end that starts while Keyrack is down have the tokens of the one before', async () => {
    const { cache, entries } = mapCache()
    const before = openClient([token('one', 3_600)], { cache })
    await before.client.getAccessToken(target)
    expect([...entries.keys()]).toEqual(['keyrack:property:324410'])
    const after = openClient([], { cache })
    expect((await after.client.getAccessToken(target)).value).toBe('one')
    expect((await after.client.getAccessTokens([target]))[0]?.token?.secondsLeft).toBe(3_600)
  })

  it('is asked no more than memory, and loses a token at a clear no', async () => {
    const { cache, entries } = mapCache()
    const { client, clock } = openClient([token('one', 3_600), problem(404, 'not_found')], { cache })
    await client.getAccessToken(target)
    await clock.advance(HOUR / 2)
    expect(entries.size).toBe(0)
  })

  it('is used at need with less life than wanted', async () => {
    const { cache } = mapCache()
    await openClient([token('one', 100)], { cache }).client.getAccessToken(target)
    const { client, asked } = openClient([noAnswer()], { cache })
    expect((await client.getAccessToken(target, { minTtlSeconds: 600 })).value).toBe('one')
    expect(asked.length).toBe(1)
  })

  it.each(['', '{', '7', 'null', '{"answer":{},"goodUntil":1}', `{"answer":${JSON.stringify(tokenAnswer('x'))},"goodUntil":"1"}`])(
    'is not believed when it holds %s',
    async (text) => {
      const { client } = openClient([token('one')], { cache: mapCache(new Map([['keyrack:property:324410', text]])).cache })
      expect((await client.getAccessToken(target)).value).toBe('one')
    },
  )

  it('may hang, because nobody waits for it longer than a second', async () => {
    const { client, clock } = openClient([token('one')], { cache: { get: () => new Promise(() => undefined), set: () => undefined, delete: () => undefined } })
    const wanted = client.getAccessToken(target)
    await clock.advance(1_000)
    expect((await wanted).value).toBe('one')
  })

  it('may fail, because memory has the token', async () => {
    const broken = () => Promise.reject(new Error('the cache is away'))
    const { client } = openClient([token('one')], { cache: { get: broken, set: broken, delete: broken } })
    expect((await client.getAccessToken(target)).value).toBe('one')
  })
})
