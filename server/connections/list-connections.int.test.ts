import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connectionPageSchema, connectionQuerySchema, CONNECTION_SORTS, type ConnectionPage } from '@/contracts/connections'
import { CONNECTION_STATUSES } from '@/lib/connection-status'
import { countConnections } from './count-connections'
import { encodeCursor } from './cursor'
import { listConnections } from './list-connections'
import { connect } from '../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { seeded } from '../../tests/seeded'

const rig = await openRig()
const { clock, database } = rig
const HOUR_MS = 3_600_000
const MANY = 137

const actor = await makeActor()
const [first, second] = [await makeApiClient(rig, actor), await makeApiClient(rig, actor)]

interface Row {
  readonly name: string
  readonly identity: string
  readonly searchText?: string
  readonly state?: string
  readonly cause?: string | null
  readonly expiresAt?: Date
  readonly lastRefreshAt?: Date
  readonly createdAt?: Date
  readonly apiClientId?: string
  readonly organizationId?: string
}

async function insert(rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const { name, identity, state = 'connected', cause = null, expiresAt = clock.date, lastRefreshAt = clock.date, createdAt = clock.date } = row
    await database.sql(
      `INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state, cause, state_since, origin,
         access_issued_at, access_expires_at, expiry_source, last_refresh_at, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, 'SANDBOX', $6::connection_state, $7, $8, 'code', $8, $9, 'expireDate', $10, $11, $8)`,
      [
        row.organizationId ?? actor.viewer.organizationId, row.apiClientId ?? first.id, identity, name,
        row.searchText ?? `${name}\n${identity.replace(/^[a-z]+:/, '')}`.toLowerCase(), state, cause, clock.date, expiresAt, lastRefreshAt, createdAt,
      ],
    )
  }
}

/** Many rows share each value, so that an order by the value alone would be no order. */
await insert(
  Array.from({ length: MANY }, (_, index) => ({
    name: ['Albergo', 'albergo', 'Zimmer', 'Ärzte', '旅館', 'Ça va', ''][index % 7] ?? '',
    identity: `property:${900_000 + index}`,
    expiresAt: new Date(clock.at + (index % 5) * HOUR_MS),
    lastRefreshAt: new Date(clock.at - (index % 3) * HOUR_MS),
    createdAt: new Date(clock.at - (index % 4) * HOUR_MS),
  })),
)

const list = (query: Record<string, unknown> = {}) => listConnections(actor.viewer, connectionQuerySchema.parse(query)).then((page) => connectionPageSchema.parse(page))
const idsOf = (page: ConnectionPage) => page.items.map(({ id }) => id)

/** Every page from the first to the last, or from there back. */
async function walk(query: Record<string, unknown>, from: ConnectionPage, way: 'nextCursor' | 'previousCursor'): Promise<ConnectionPage[]> {
  const pages = [from]
  for (let page = from; page[way] !== null && pages.length < 2 * MANY; ) {
    page = await list({ ...query, cursor: page[way] })
    pages.push(page)
  }
  return pages
}

const COLUMNS = { expires: 'access_expires_at', name: 'name', 'last-refresh': 'last_refresh_at', created: 'created_at' } as const
const ORDERS = CONNECTION_SORTS.flatMap((sort) => (['asc', 'desc'] as const).map((direction) => [sort, direction] as const))

describe('the list', () => {
  test.each(ORDERS)('sorted by %s %s shows each of 137 connections once, forwards and back again, though many values are equal', async (sort, direction) => {
    const rows = await database.sql<{ id: string }>(
      `SELECT id FROM connections WHERE organization_id = $1 ORDER BY ${COLUMNS[sort]} ${direction}, id ${direction}`, [actor.viewer.organizationId],
    )
    const wanted = rows.map(({ id }) => id)
    for (const limit of [10, 100]) {
      const query = { sort, direction, limit }
      const start = await list(query)
      expect(start.previousCursor).toBeNull()
      const forwards = await walk(query, start, 'nextCursor')
      expect(forwards.flatMap(idsOf)).toEqual(wanted)
      expect(new Set(forwards.map(({ total }) => total))).toEqual(new Set([MANY]))
      const end = forwards.at(-1) ?? start
      const backwards = await walk(query, end, 'previousCursor')
      expect(backwards.toReversed().flatMap(idsOf)).toEqual(wanted)
      expect(backwards.at(-1)?.previousCursor).toBeNull()
    }
  })

  test('goes back to the page that it came from', async () => {
    const query = { sort: 'expires', limit: 7 }
    const one = await list(query)
    const two = await list({ ...query, cursor: one.nextCursor })
    const three = await list({ ...query, cursor: two.nextCursor })
    expect(idsOf(await list({ ...query, cursor: three.previousCursor }))).toEqual(idsOf(two))
    expect(idsOf(await list({ ...query, cursor: two.previousCursor }))).toEqual(idsOf(one))
  })

  test('neither repeats nor skips anybody when others come and go between two pages', async () => {
    const other = await makeActor()
    const apiClient = await makeApiClient(rig, other)
    const place = { organizationId: other.viewer.organizationId, apiClientId: apiClient.id }
    await insert(Array.from({ length: 30 }, (_, index) => ({ ...place, name: `N${String(index).padStart(2, '0')}`, identity: `property:${index}` })))
    const page = (cursor?: string | null) => listConnections(other.viewer, connectionQuerySchema.parse({ sort: 'name', limit: 10, ...(cursor ? { cursor } : {}) }))
    const one = await page()
    await database.sql(`DELETE FROM connections WHERE api_client_id = $1 AND name IN ('N03', 'N09')`, [apiClient.id])
    await insert([{ ...place, name: 'N005', identity: 'property:x' }, { ...place, name: 'N155', identity: 'property:y' }])
    const two = await page(one.nextCursor)
    expect(two.items.map(({ name }) => name)).toEqual(['N10', 'N11', 'N12', 'N13', 'N14', 'N15', 'N155', 'N16', 'N17', 'N18'])
  })

  test.each(['旅', '🦊', '\u0001', '"'])('walks through names as long as they can be, all of %j', async (character) => {
    const other = await makeActor()
    const place = { organizationId: other.viewer.organizationId, apiClientId: (await makeApiClient(rig, other)).id }
    await insert(Array.from({ length: 5 }, (_, index) => ({ ...place, name: character.repeat(299) + String(index), identity: `property:${index}` })))
    const seen: string[] = []
    for (let cursor: string | undefined; seen.length < 10; ) {
      const page = await listConnections(other.viewer, connectionQuerySchema.parse({ sort: 'name', limit: 2, cursor }))
      seen.push(...page.items.map(({ upstreamId }) => upstreamId))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(seen).toEqual(['0', '1', '2', '3', '4'])
  })

  test('is empty, with nowhere to go, for an organization without connections', async () => {
    const nobody = await makeActor()
    expect(await listConnections(nobody.viewer, connectionQuerySchema.parse({}))).toEqual({ items: [], nextCursor: null, previousCursor: null, total: 0 })
  })
})

describe('a cursor', () => {
  const forged = [
    encodeCursor({ sort: 'expires', direction: 'asc', side: 'after', value: 'NaN', id: '00000000-0000-4000-8000-000000000000' }),
    encodeCursor({ sort: 'expires', direction: 'asc', side: 'after', value: '', id: '00000000-0000-4000-8000-000000000000' }),
    encodeCursor({ sort: 'expires', direction: 'asc', side: 'after', value: '9e99', id: '00000000-0000-4000-8000-000000000000' }),
    encodeCursor({ sort: 'expires', direction: 'asc', side: 'after', value: '8640000000000001', id: '00000000-0000-4000-8000-000000000000' }),
    encodeCursor({ sort: 'expires', direction: 'asc', side: 'after', value: '1', id: 'not a uuid' }),
    encodeCursor({ sort: 'name', direction: 'asc', side: 'after', value: 'Albergo', id: '00000000-0000-4000-8000-000000000000' }),
    encodeCursor({ sort: 'expires', direction: 'desc', side: 'after', value: '1', id: '00000000-0000-4000-8000-000000000000' }),
    Buffer.from('["expires","asc","after","1"]').toString('base64url'),
    Buffer.from('{"sort":"expires"}').toString('base64url'),
    Buffer.from('null').toString('base64url'),
    'AAAA', '%', '\0', '🦊', ' ',
  ]

  test.each(forged)('that is damaged or of another order shows the first page: %j', async (cursor) => {
    const start = await list({ limit: 5 })
    expect(await list({ limit: 5, cursor })).toEqual(start)
  })

  test('never ends in an error, whatever stands in it', async () => {
    const good = (await list({ limit: 5 })).nextCursor ?? ''
    const edited = fc.tuple(fc.nat(good.length - 1), fc.constantFrom(...'AZaz09-_=.')).map(([at, character]) => good.slice(0, at) + character + good.slice(at + 1))
    const parts = fc
      .tuple(fc.constantFrom('expires', 'asc', 'x'), fc.constantFrom('asc', 'desc'), fc.constantFrom('after', 'before'), fc.oneof(fc.string(), fc.double().map(String)), fc.oneof(fc.uuid(), fc.string()))
      .map((all) => Buffer.from(JSON.stringify(all)).toString('base64url'))
    await fc.assert(
      fc.asyncProperty(fc.oneof(edited, parts, fc.string({ maxLength: 60 })), async (cursor) => {
        expect((await list({ limit: 5, cursor: cursor.slice(0, 500) })).total).toBe(MANY)
      }),
      seeded(300),
    )
  })

  test('of a list by name never ends in an error either', async () => {
    for (const value of ['\0', '\ud800', 'x'.repeat(300), "'; DROP TABLE connections; --"]) {
      const cursor = encodeCursor({ sort: 'name', direction: 'asc', side: 'after', value, id: '00000000-0000-4000-8000-000000000000' })
      expect((await list({ sort: 'name', limit: 5, cursor })).total).toBe(MANY)
    }
  })
})

const names = ['100% Mare', '100 Mare', 'Casa_Blu', 'CasaXBlu', String.raw`Back\slash`, 'Backslash', '<b>Villa</b>', 'Großer Kurfürst', '旅館 さくら庭', "O'Brien; --"]

async function makeSearchable() {
  const person = await makeActor()
  const apiClient = await makeApiClient(rig, person)
  await insert(names.map((name, index) => ({ name, identity: `property:${7_000 + index}`, organizationId: person.viewer.organizationId, apiClientId: apiClient.id })))
  return async (q: string) => (await listConnections(person.viewer, connectionQuerySchema.parse({ q, sort: 'name' }))).items.map(({ name }) => name).toSorted()
}

const find = await makeSearchable()

describe('the search', () => {
  test.each([
    ['mare', ['100 Mare', '100% Mare']],
    ['MARE', ['100 Mare', '100% Mare']],
    ['%', ['100% Mare']],
    ['0% m', ['100% Mare']],
    ['_', ['Casa_Blu']],
    ['casa_b', ['Casa_Blu']],
    ['casaxb', ['CasaXBlu']],
    ['\\', [String.raw`Back\slash`]],
    [String.raw`k\s`, [String.raw`Back\slash`]],
    ['%%', []],
    ['<b>', ['<b>Villa</b>']],
    ['großer', ['Großer Kurfürst']],
    ['さくら', ['旅館 さくら庭']],
    ["o'brien; --", ["O'Brien; --"]],
    ['7003', ['CasaXBlu']],
    ['700', names.toSorted()],
    ['nothing like it', []],
  ])('for %j finds those whose name or id holds it literally', async (q, wanted) => {
    expect(await find(q)).toEqual(wanted)
  })

  test.each(['\0', 'a\0b', '\ud800', 'x'.repeat(100)])('for %j finds nothing, and is no error', async (q) => {
    expect(await find(q)).toEqual([])
  })

  test('finds a network by any of its properties', async () => {
    const person = await makeActor()
    const apiClient = await makeApiClient(rig, person)
    const id = await connect(rig, { actor: person, apiClient }, { username: 'giulia.rossi', network: true })
    for (const q of ['testaccio', '310089', 'OSTIA LIDO', '310046']) {
      expect((await listConnections(person.viewer, connectionQuerySchema.parse({ q }))).items.map((item) => item.id)).toEqual([id])
    }
  })

  test('keeps its words while one walks through the pages', async () => {
    const query = { q: 'albergo', sort: 'name', limit: 7 }
    const pages = await walk(query, await list(query), 'nextCursor')
    const found = pages.flatMap(({ items }) => items)
    expect(found.every(({ name }) => name.toLowerCase() === 'albergo')).toBe(true)
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
    expect(found).toHaveLength(pages[0]?.total ?? -1)
  })
})

describe('a filter', () => {
  test('by status shows those whose status it is by the clock, and the counts agree', async () => {
    const person = await makeActor()
    const apiClient = await makeApiClient(rig, person)
    const place = { organizationId: person.viewer.organizationId, apiClientId: apiClient.id }
    await insert([
      { ...place, name: 'healthy', identity: 'property:1', expiresAt: new Date(clock.at + 2 * HOUR_MS) },
      { ...place, name: 'expiring', identity: 'property:2', expiresAt: new Date(clock.at + 2 * HOUR_MS - 1) },
      { ...place, name: 'expiring', identity: 'property:3', expiresAt: new Date(clock.at - HOUR_MS) },
      { ...place, name: 'refresh_failing', identity: 'property:4', state: 'refresh_failing', cause: 'quota', expiresAt: new Date(clock.at - HOUR_MS) },
      { ...place, name: 'reconnect_required', identity: 'property:5', state: 'reconnect_required' },
      { ...place, name: 'disconnected', identity: 'property:6', state: 'disconnected' },
    ])
    const byStatus = { healthy: 1, expiring: 2, refresh_failing: 1, reconnect_required: 1, disconnected: 1 }
    for (const status of CONNECTION_STATUSES) {
      const { items, total } = await listConnections(person.viewer, connectionQuerySchema.parse({ status }))
      expect(items.map((item) => [item.name, item.status])).toEqual(Array.from({ length: byStatus[status] }, () => [status, status]))
      expect(total).toBe(byStatus[status])
    }
    expect(await countConnections(person.viewer)).toEqual({ total: 6, byStatus })
    clock.advance(HOUR_MS)
    expect((await countConnections(person.viewer)).byStatus).toMatchObject({ healthy: 0, expiring: 3 })
    clock.advance(-HOUR_MS)
  })

  test('by API client shows its connections alone', async () => {
    const id = await connect(rig, { actor, apiClient: second })
    expect(idsOf(await list({ apiClient: second.id }))).toEqual([id])
    expect((await list({ apiClient: first.id })).total).toBe(MANY)
    await database.sql('DELETE FROM token_lineage WHERE connection_id = $1', [id])
    await database.sql('DELETE FROM connections WHERE id = $1', [id])
  })
})
