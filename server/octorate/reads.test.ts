import { describe, expect, test } from 'vitest'
import { accessToken } from '@/server/crypto/tokens'
import { answerOf, thrownBy } from './answer-for-tests'
import { listProperties, processPropertiesResponse } from './list-properties'
import { createTransport } from './transport'
import { processUserInfoResponse, readUserInfo } from './user-info'

const bearer = accessToken('access-1234567890')

describe('who consented', () => {
  test('is told by any of three fields', () => {
    expect(processUserInfoResponse(answerOf({ name: 'Ada', email: 'ada@x.test', username: 'ada', extra: 1 }))).toEqual({
      name: 'Ada',
      email: 'ada@x.test',
      username: 'ada',
    })
    expect(processUserInfoResponse(answerOf({ username: 'ada', name: 5 }))).toEqual({
      name: null,
      email: null,
      username: 'ada',
    })
  })

  test.each<[string, unknown, Parameters<typeof answerOf>[1], string]>([
    ['nobody', {}, {}, 'shape'],
    ['empty names', { name: '', email: null }, {}, 'shape'],
    ['an array', [{ name: 'Ada' }], {}, 'shape'],
    ['a page', '<html></html>', { contentType: 'text/html' }, 'content_type'],
    ['nothing', '', {}, 'empty'],
    ['a name twice', '{"name":"a","name":"b"}', {}, 'duplicate_key'],
  ])('is not guessed from %s', (...[, body, facts, reason]) => {
    expect(thrownBy(() => processUserInfoResponse(answerOf(body, facts)))).toMatchObject({
      name: 'UpstreamNonconformance',
      call: 'user_info',
      reason,
    })
  })

  test('is asked with the access token', async () => {
    const transport = createTransport({
      fetch: async (_url, init) => Response.json({ name: new Headers(init?.headers).get('authorization') }),
    })
    expect((await readUserInfo(transport, { url: 'https://api.x/user/info', accessToken: bearer })).name).toBe(
      'Bearer access-1234567890',
    )
  })
})

describe('a page of properties', () => {
  const wire = {
    id: '630',
    name: 'Hotel Aurora',
    currency: 'EUR',
    timeZone: 'Europe/Rome',
    sandboxProperty: true,
    networkInfo: { accessNetwork: 'n1', accessRoot: 630, accessEnabled: true },
    contact: { name: 'Ada', email: 'ada@x.test' },
    location: { city: 'Rome', country: 'Italy', isoCountry: 'IT' },
  }
  const ours = {
    upstreamId: '630',
    name: 'Hotel Aurora',
    city: 'Rome',
    country: 'Italy',
    currency: 'EUR',
    timeZone: 'Europe/Rome',
    sandboxProperty: true,
    network: { id: 'n1', root: '630', enabled: true },
  }

  test('is read bare and in a wrapper', () => {
    expect(processPropertiesResponse(answerOf([wire]))).toEqual([ours])
    expect(processPropertiesResponse(answerOf({ data: [wire], page: 0 }))).toEqual([ours])
    expect(processPropertiesResponse(answerOf([]))).toEqual([])
    expect(processPropertiesResponse(answerOf({ data: [] }))).toEqual([])
  })

  test('takes an id as text or number, and lives with everything else missing', () => {
    const bare = {
      city: null,
      country: null,
      currency: null,
      timeZone: null,
      sandboxProperty: false,
      network: { id: null, root: null, enabled: null },
    }
    expect(processPropertiesResponse(answerOf([{ id: 630 }]))).toEqual([{ upstreamId: '630', name: '630', ...bare }])
    expect(processPropertiesResponse(answerOf([{ id: 'a-1', name: null, networkInfo: 'none', location: [] }]))).toEqual(
      [{ upstreamId: 'a-1', name: 'a-1', ...bare }],
    )
  })

  test('finds city and country wherever they are written', () => {
    expect(processPropertiesResponse(answerOf([{ id: 1, contact: { city: 'Pisa', isoCountry: 'IT' } }]))).toMatchObject(
      [{ city: 'Pisa', country: 'IT' }],
    )
    expect(processPropertiesResponse(answerOf([{ id: 1, city: 'Pisa', country: 'Italy' }]))).toMatchObject([
      { city: 'Pisa', country: 'Italy' },
    ])
  })

  test.each<[string, unknown, Parameters<typeof answerOf>[1], string]>([
    ['an object', { id: 1 }, {}, 'shape'],
    ['a wrapper of something else', { data: { id: 1 } }, {}, 'shape'],
    ['null in a wrapper', { data: null }, {}, 'shape'],
    ['a property without an id', [wire, { name: 'x' }], {}, 'shape'],
    ['an empty id', [{ id: '' }], {}, 'shape'],
    ['an id with a blank', [{ id: '6 30' }], {}, 'shape'],
    ['a fractional id', [{ id: 1.5 }], {}, 'shape'],
    ['an id that has lost digits', '[{"id":9007199254740993}]', {}, 'shape'],
    ['a negative id', [{ id: -1 }], {}, 'shape'],
    ['a text in the list', ['630'], {}, 'shape'],
    ['a page', '<html></html>', { contentType: 'text/html' }, 'content_type'],
    ['nothing', '', {}, 'empty'],
    ['half a list', '[{"id":"630"}', {}, 'syntax'],
    ['an id twice', '[{"id":"1","id":"2"}]', {}, 'duplicate_key'],
  ])(
    'is refused whole when it holds %s, because a list that shrinks silently misleads',
    (...[, body, facts, reason]) => {
      expect(thrownBy(() => processPropertiesResponse(answerOf(body, facts)))).toMatchObject({
        name: 'UpstreamNonconformance',
        call: 'properties',
        reason,
      })
    },
  )
})

describe('all properties', () => {
  const listOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index + 1 }))

  /** A server that counts its pages from `firstPage`; an unknown page is the first. */
  function transportOf(all: readonly object[], { firstPage, pageSize }: { firstPage: number; pageSize: number }) {
    const asked: Array<string | null> = []
    const transport = createTransport({
      fetch: async (url) => {
        const page = new URL(String(url)).searchParams.get('page')
        asked.push(page)
        const start = Math.max(0, Number(page ?? firstPage) - firstPage) * pageSize
        return Response.json(all.slice(start, start + pageSize))
      },
    })
    return { transport, asked }
  }
  const input = { url: 'https://api.x/list', bearer }

  test.each([0, 1])('are read once each from pages counted from %i', async (firstPage) => {
    for (const count of [0, 1, 49, 50, 51, 100, 120, 150]) {
      const { transport } = transportOf(listOf(count), { firstPage, pageSize: 50 })
      const { properties, isComplete } = await listProperties(transport, input)
      expect(properties.map(({ upstreamId }) => upstreamId)).toEqual(listOf(count).map(({ id }) => String(id)))
      expect(isComplete).toBe(true)
    }
  })

  test('are asked for sparingly, because calls count against the quota', async () => {
    const zero = transportOf(listOf(1), { firstPage: 0, pageSize: 50 })
    await listProperties(zero.transport, input)
    expect(zero.asked).toEqual([null, '1'])
    const one = transportOf(listOf(1), { firstPage: 1, pageSize: 50 })
    await listProperties(one.transport, input)
    expect(one.asked).toEqual([null, '1', '2'])
    const none = transportOf([], { firstPage: 0, pageSize: 50 })
    await listProperties(none.transport, input)
    expect(none.asked).toEqual([null])
  })

  test('are not asked for without end of a server that repeats its one page', async () => {
    let calls = 0
    const transport = createTransport({ fetch: async () => ((calls += 1), Response.json(listOf(3))) })
    expect((await listProperties(transport, input)).properties).toHaveLength(3)
    expect(calls).toBe(3)
  })

  test('end at 200 pages, and say that they are not all', async () => {
    let next = 0
    const transport = createTransport({ fetch: async () => Response.json([{ id: (next += 1) }]) })
    const { properties, isComplete } = await listProperties(transport, input)
    expect([properties.length, isComplete, next]).toEqual([200, false, 200])
  })

  test('are not given in part when a later page fails', async () => {
    const answers = [Response.json(listOf(2)), Response.json({ type: 'ApiQuotaException' }, { status: 403 })]
    const transport = createTransport({ fetch: async () => answers.shift() ?? Response.error() })
    await expect(listProperties(transport, input)).rejects.toMatchObject({ name: 'UpstreamRefusal', kind: 'quota' })
  })
})
