import { describe, expect, it } from 'vitest'
import { noAnswer, openClient, problem, token, type Asked } from '../tests/fake-keyrack'

const connection = (id: string) => ({ id, name: `Casa ${id}`, status: 'healthy', properties: [] })

describe('listConnections', () => {
  it('reads page after page as they are wanted, with the filter on each', async () => {
    const { client, asked } = openClient([
      Response.json({ items: [connection('1'), connection('2')], nextCursor: 'after-2' }),
      Response.json({ items: [connection('3')], nextCursor: null }),
    ])
    const read: [string, number][] = []
    for await (const { id } of client.listConnections({ status: 'healthy', propertyId: '7' })) read.push([id, asked.length])
    expect(read).toEqual([['1', 1], ['2', 1], ['3', 2]])
    expect(asked.map(({ path, query }) => `${path}?${query}`)).toEqual([
      '/api/v1/connections?status=healthy&property=7&limit=200',
      '/api/v1/connections?status=healthy&property=7&cursor=after-2&limit=200',
    ])
  })

  it('does not take the page of something else for an empty list', async () => {
    const { client } = openClient([Response.json({ data: [] })])
    const first = client.listConnections()[Symbol.asyncIterator]().next()
    await expect(first).rejects.toMatchObject({ code: 'not_keyrack' })
  })
})

describe('imports', () => {
  it('sends one again under the same idempotency key when its answer is lost', async () => {
    const { client, clock, asked } = openClient([noAnswer(), Response.json({ outcome: 'stored', connection: connection('1') })])
    const wanted = client.importConnection({ apiClientId: 'a', refreshToken: 'r', propertyId: '7', probe: false })
    await clock.advance(10_000)
    expect((await wanted).outcome).toBe('stored')
    const [first, second] = asked.map(({ headers }) => headers.get('idempotency-key'))
    expect([first === second, first?.length]).toEqual([true, 36])
    expect(asked[0]?.body).toEqual({ apiClientId: 'a', refreshToken: 'r', propertyId: '7', probe: false })
  })

  it('uses a new idempotency key for each import', async () => {
    const { client, asked } = openClient(() => Response.json({ outcome: 'stored', connection: connection('1') }))
    for (const refreshToken of ['r', 'r']) await client.importConnection({ apiClientId: 'a', refreshToken })
    expect(new Set(asked.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(2)
  })

  it('sends many as lines of JSON, and nothing of a line but what Keyrack knows', async () => {
    const { client, asked } = openClient([Response.json({ id: 'i', counts: {} }), Response.json({ id: 'i', counts: {}, lines: [] })])
    const rows = [{ refreshToken: 'r1', propertyId: '7', password: 'x' }, { refreshToken: 'r2', name: 'B' }]
    await client.importConnections(rows, { apiClientId: 'a', name: 'first cohort', probe: false })
    await client.getImport('i')
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/v1/imports', body: '{"refreshToken":"r1","propertyId":"7"}\n{"refreshToken":"r2","name":"B"}\n' })
    expect([asked[0]?.headers.get('content-type'), String(asked[0]?.query)]).toEqual(['application/x-ndjson', 'apiClientId=a&name=first+cohort&probe=false'])
    expect(asked[1]?.path).toBe('/api/v1/imports/i')
  })
})

describe('acts on one connection', () => {
  it('sends a code once, because it works once', async () => {
    const { client, asked } = openClient([noAnswer()])
    await expect(client.completeAuthorization({ apiClientId: 'a', code: 'c', redirectUri: 'https://x.example' })).rejects.toMatchObject({ code: 'unreachable' })
    expect(asked).toMatchObject([{ path: '/api/v1/authorizations/complete', body: { apiClientId: 'a', code: 'c', redirectUri: 'https://x.example' } }])
  })

  it('forgets the tokens of a connection that it disconnected or refreshed, also those asked for by property', async () => {
    const { client, asked } = openClient(({ method, path }: Asked) => {
      if (path.endsWith('/access-token')) return token('one', 3_600, 'c-1')
      return method === 'DELETE' ? Response.json(connection('c-1')) : Response.json({ connectionId: 'c-1', accessExpiresAt: '2026-03-17T09:10:11.360Z' })
    })
    const tokens = () => asked.filter(({ path }) => path.endsWith('/access-token')).length
    await client.getAccessToken({ propertyId: '7' })
    await client.refresh('c-1')
    await client.getAccessToken({ propertyId: '7' })
    expect(tokens()).toBe(2)
    await client.disconnect('c-1')
    await client.getAccessToken({ propertyId: '7' })
    expect(tokens()).toBe(3)
    expect(asked.filter(({ path }) => !path.endsWith('/access-token')).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/connections/c-1/refresh',
      'DELETE /api/v1/connections/c-1',
    ])
  })

  it('takes the tokens of a connection that it disconnected out of a shared cache too, whoever put them there', async () => {
    const entries = new Map([['keyrack:connection:c-1', 'x'], ['keyrack:property:1', 'x'], ['keyrack:property:8', 'x']])
    const cache = { get: (key: string) => entries.get(key), set: () => undefined, delete: (key: string) => entries.delete(key) }
    const { client } = openClient([Response.json({ ...connection('c-1'), properties: [{ propertyId: '1' }] })], { cache })
    await client.disconnect('c-1')
    expect([...entries.keys()]).toEqual(['keyrack:property:8'])
  })

  it('reads one connection, and says so when there is none', async () => {
    const { client } = openClient([Response.json(connection('1')), problem(404, 'not_found')])
    expect(await client.getConnection('1')).toMatchObject({ name: 'Casa 1' })
    await expect(client.getConnection('2')).rejects.toMatchObject({ name: 'KeyrackRefusedError', code: 'not_found' })
  })
})
