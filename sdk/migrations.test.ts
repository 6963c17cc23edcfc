import { describe, expect, it } from 'vitest'
import { noAnswer, openClient, problem } from '../tests/fake-keyrack'

const state = (given: object = {}) => Response.json({ id: 'm-1', state: 'running', counts: { pending: 1 }, ...given })
const KEY = 'old-key-of-octorate'

describe('migrations', () => {
  it('sends keys as lines of JSON, and nothing of a line but what Keyrack knows', async () => {
    const { client, asked } = openClient([state()])
    const rows = [{ key: KEY, propertyId: '7', password: 'x' }, { key: 'b', propertyId: '8', name: 'Casa' }]
    await client.startMigration(rows, { apiClientId: 'a', perSecond: 'unlimited' })
    expect(asked.map(({ path, query, headers, body }) => [`${path}?${query}`, headers.get('content-type'), body])).toEqual([
      ['/api/v1/migrations?apiClientId=a&perSecond=unlimited', 'application/x-ndjson', `{"key":"${KEY}","propertyId":"7"}\n{"key":"b","propertyId":"8","name":"Casa"}\n`],
    ])
  })

  it('sends the text of a file as it is, and says what it is', async () => {
    const { client, asked } = openClient(() => Response.json({ isListed: true, total: 1, items: [] }))
    await client.checkMigration({ csv: 'key;id\nk;7\n' }, { apiClientId: 'a' })
    await client.checkMigration({ ndjson: '{"key":"k","propertyId":"7"}' }, { apiClientId: 'a' })
    expect(asked.map(({ path, headers }) => [path, headers.get('content-type')])).toEqual([
      ['/api/v1/migrations/check', 'text/csv'], ['/api/v1/migrations/check', 'application/x-ndjson'],
    ])
    expect(asked[0]?.body).toBe('key;id\nk;7\n')
  })

  it('starts again when the answer is lost, because the same lines are the same migration', async () => {
    const { client, clock, asked } = openClient([noAnswer(), state()])
    const started = client.startMigration([{ key: KEY, propertyId: '7' }], { apiClientId: 'a' })
    await clock.advance(10_000)
    expect([(await started).id, asked.length]).toEqual(['m-1', 2])
  })

  it('changes one once only, because a second time would be refused', async () => {
    for (const change of ['pauseMigration', 'resumeMigration', 'retryMigration', 'cancelMigration'] as const) {
      const { client, asked } = openClient([noAnswer()])
      await expect(client[change]('m/1')).rejects.toMatchObject({ code: 'unreachable' })
      expect(asked.map(({ method, path }) => [method, path])).toEqual([['POST', `/api/v1/migrations/m%2F1/${change.replace('Migration', '')}`]])
    }
  })

  it('reads lines page after page as they are wanted', async () => {
    const line = (number: number) => ({ number, state: 'failed' })
    const { client, asked } = openClient([
      Response.json({ items: Array.from({ length: 1_000 }, (_, index) => line(index)), total: 1_001 }), Response.json({ items: [line(1_000)], total: 1_001 }),
    ])
    const numbers: number[] = []
    for await (const { number } of client.listMigrationLines('m', { state: 'failed' })) numbers.push(number)
    expect(numbers).toEqual(Array.from({ length: 1_001 }, (_, index) => index))
    expect(asked.map(({ query }) => String(query))).toEqual(['state=failed&offset=0&limit=1000', 'state=failed&offset=1000&limit=1000'])
  })

  it('gives the report as it comes, and takes no page of something else for one', async () => {
    const { client, asked } = openClient([
      new Response('line\r\n', { headers: { 'content-type': 'text/csv; charset=utf-8' } }), new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ])
    expect(await client.reportMigration('m')).toBe('line\r\n')
    expect(asked[0]?.headers.get('accept')).toBe('text/csv')
    await expect(client.reportMigration('m')).rejects.toMatchObject({ code: 'not_keyrack' })
  })

  it('refuses with the lines that are wrong, and without a key', async () => {
    const { client } = openClient([problem(422, 'key_line_malformed', { issues: [{ path: '2.1', message: 'key_missing' }] })])
    const refusal = await client.startMigration([{ key: KEY, propertyId: '7' }], { apiClientId: 'a' }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'key_line_malformed', issues: [{ path: '2.1', message: 'key_missing' }] })
    expect(JSON.stringify(refusal)).not.toContain(KEY)
  })
})
