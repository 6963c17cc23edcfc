import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getClientAddress } from '@/contracts/client-addresses'
import { ROLES, roleMay, type Role } from '@/contracts/permissions'
import { someId, startConsole, type TestConsole } from '../console'
import { FOREIGN_ROUTES, listEndpoints, listRouteFiles } from '../routes'
import { plantFreeze } from '../plant-incident'
import { plantOperation } from '../plant-operations'
import { auditSince, lastAuditId, snapshotState } from '../state-snapshot'
import { listPageAddresses } from './page-addresses'
import { prepare, SAMPLES, send } from './samples'

const endpoints = (await listEndpoints()).map(({ endpoint }) => ({ ...endpoint, name: `${endpoint.method} ${endpoint.path}` }))
const withSession = endpoints.filter((endpoint) => endpoint.permission !== 'public')
const withIds = withSession.filter((endpoint) => endpoint.path.includes(':'))
let keyrack: TestConsole

beforeAll(async () => {
  keyrack = await startConsole()
})
afterAll(() => keyrack.stop())

const codeOf = (answer: { json(): unknown }) => (answer.json() as { code: string }).code

describe('every route handler is one that the contracts describe', () => {
  test('each file below app/ is bound to an endpoint, or to a shape that somebody else decides', () => {
    const known = new Set(endpoints.map((endpoint) => endpoint.name))
    const served = listRouteFiles().filter((route) => !FOREIGN_ROUTES.some((foreign) => foreign === route.path))
    const unbound = served.flatMap((route) => route.methods.map((method) => `${method} ${route.path}`)).filter((name) => !known.has(name))
    expect(unbound).toEqual([])
    expect(served.filter((route) => route.methods.length === 0)).toEqual([])
  })

  test('each endpoint has a sample call, and each sample its endpoint', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(endpoints.map((endpoint) => endpoint.name).sort())
  })
})

describe.each(withSession)('$name', ({ name, method, permission }) => {
  test('asks for a session, and does nothing without one', async () => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    const [before, last] = [await snapshotState(keyrack.sql), await lastAuditId(keyrack.sql)]
    const answer = await send(keyrack, { method, call, session: null })
    expect([answer.status, codeOf(answer)]).toEqual([401, 'not_signed_in'])
    expect(await snapshotState(keyrack.sql)).toEqual(before)
    expect(await auditSince(keyrack.sql, last)).toEqual([])
  })

  const may = (role: Role) => permission !== 'public' && roleMay(role, permission)

  test.each(ROLES.filter(may))('serves a %s, as the table of permissions says', async (role) => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role })
    const answer = await send(keyrack, { method, call, session: keyrack.organization.people[role].cookie })
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  })

  test.each(ROLES.filter((role) => !may(role)))('refuses a %s and writes that down', async (role) => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    const [before, last] = [await snapshotState(keyrack.sql), await lastAuditId(keyrack.sql)]
    const answer = await send(keyrack, { method, call, session: keyrack.organization.people[role].cookie })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'not_allowed'])
    expect(await snapshotState(keyrack.sql)).toEqual(before)
    expect(await auditSince(keyrack.sql, last)).toEqual(['access.denied'])
  })
})

describe.each(withIds)("$name does not know another organization's things", ({ name, method }) => {
  test('answers 404 to their id and leaves them as they are, because not yours and not there look alike', async () => {
    const call = await prepare(name, { keyrack, organization: keyrack.otherOrganization, role: 'owner' })
    const missing = { ...call, path: call.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, someId()) }
    const before = await snapshotState(keyrack.sql)
    const session = keyrack.organization.people.owner.cookie
    const [theirs, nobodys] = [await send(keyrack, { method, call, session }), await send(keyrack, { method, call: missing, session })]
    expect([theirs.status, codeOf(theirs)]).toEqual([404, 'not_found'])
    expect({ ...(theirs.json() as object), requestId: '' }).toEqual({ ...(nobodys.json() as object), requestId: '' })
    expect(await snapshotState(keyrack.sql)).toEqual(before)
  })

  test.each(['1', '0', '..%2f..', '%7f', "'%20or%20'1'%3D'1", 'ffffffff-ffff-ffff-ffff-ffffffffffff', '[object%20Object]', 'null'])(
    'answers 404 to the id %s',
    async (id) => {
      const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
      const before = await snapshotState(keyrack.sql)
      const path = call.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, id)
      const answer = await send(keyrack, { method, call: { ...call, path }, session: keyrack.organization.people.owner.cookie })
      expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found'])
      expect(await snapshotState(keyrack.sql)).toEqual(before)
    },
  )
})

describe('pages of one thing', () => {
  const NOTHING = 'There is nothing here that you can see'

  test('answer 404 as status for an id that is not there, not theirs, or no id, so that no program takes it for found', async () => {
    const theirs = await listPageAddresses({ ...keyrack, organization: keyrack.otherOrganization })
    const own = await listPageAddresses(keyrack)
    const withId = own.map(({ address }, index) => ({ address, foreign: theirs[index]?.address ?? '' })).filter(({ address, foreign }) => address !== foreign)
    expect(withId.length).toBeGreaterThanOrEqual(5)
    for (const { address, foreign } of withId) {
      const id = /[0-9a-f]{8}-[0-9a-f-]{27}/
      const addresses = [foreign, address.replace(id, someId()), address.replace(id, 'nowhere'), address.replace(id, someId().toUpperCase())]
      for (const each of addresses) {
        const answer = await keyrack.fetchAs('owner', each)
        expect([each, answer.status, answer.text.includes(NOTHING)]).toEqual([each, 404, true])
      }
      expect([address, (await keyrack.fetchAs('owner', address)).status]).toEqual([address, 200])
    }
  })
})

describe('ids inside a body', () => {
  test("a flow does not start with another organization's API client", async () => {
    const answer = await keyrack.fetchAs('owner', '/oauth/authorize', {
      method: 'POST',
      body: JSON.stringify({ apiClientId: keyrack.otherOrganization.apiClient.id }),
    })
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found'])
    expect(answer.setCookies).toEqual([])
  })

  test("the list does not filter by another organization's API client", async () => {
    await prepare('GET /api/connections/:id', { keyrack, organization: keyrack.otherOrganization, role: 'owner' })
    const answer = await keyrack.fetchAs('owner', `/api/connections?apiClient=${keyrack.otherOrganization.apiClient.id}`)
    expect(answer.json()).toMatchObject({ items: [], total: 0 })
  })
})

describe('lists hold nothing of another organization', () => {
  const COUNTS = ['/api/connections/buckets', '/api/operations/causes', '/api/runway/forecast']
  // How the address of a request was found is no organization's.
  const lists = withSession.filter(({ method, path }) => method === 'GET' && !path.includes(':') && path !== getClientAddress.path)

  /** Something of each noun, for the other organization. @returns what tells it in a list */
  async function plantTheirs(): Promise<string[]> {
    const scene = { keyrack, organization: keyrack.otherOrganization, role: 'owner' } as const
    const { apiClient, people, id } = keyrack.otherOrganization
    const made = await Promise.all(['connections', 'machine-keys', 'imports', 'webhooks', 'links', 'campaigns', 'mails', 'quarantined-grants', 'incidents'].map((noun) => prepare(`GET /api/${noun}/:id`, scene)))
    const operation = await plantOperation(keyrack, keyrack.otherOrganization, { cause: 'outage' })
    const oldKey = await prepare('POST /api/old-keys/retire', scene)
    made.push({ path: (await prepare('POST /api/top-ups/:id/cancel', scene)).path.replace(/\/cancel$/, '') })
    await keyrack.sql.query(
      `INSERT INTO audit_events (organization_id, at, action, outcome, actor_kind, actor_id) VALUES ($1, now(), 'session.started', 'success', 'user', $2)`,
      [id, people.owner.id],
    )
    await keyrack.sql.query(
      'INSERT INTO link_settings (organization_id, ticket_url) VALUES ($1, $2) ON CONFLICT (organization_id) DO UPDATE SET ticket_url = excluded.ticket_url',
      [id, `https://desk.example/${id}/{ticket}`],
    )
    const { ids } = oldKey.body as { ids: string[] }
    const freeze = await plantFreeze(keyrack, keyrack.otherOrganization, someId())
    // What the doctor tells of an API client is its name alone.
    const name = `Client ${apiClient.id.slice(0, 4)}`
    return [freeze, id, people.owner.email, apiClient.id, apiClient.clientId, name, people.owner.sessionId, people.owner.id, operation, ...ids, ...made.map((each) => each.path.split('/').at(-1) ?? '')]
  }

  const read = async (name: string) => {
    const { path } = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    return Promise.all([keyrack.fetchWith(keyrack.otherOrganization.people.owner.cookie, path), keyrack.fetchAs('owner', path)])
  }

  test.each(lists.filter(({ path }) => !COUNTS.includes(path)))('$name', async ({ name }) => {
    const marks = await plantTheirs()
    const [theirs, ours] = await read(name)
    expect(marks.filter((mark) => theirs.text.includes(mark))).not.toEqual([])
    expect(marks.filter((mark) => ours.text.includes(mark))).toEqual([])
  })

  test.each(lists.filter(({ path }) => COUNTS.includes(path)))('$name counts nothing of theirs', async ({ name }) => {
    const [theirsBefore, oursBefore] = await read(name)
    await plantTheirs()
    const [theirs, ours] = await read(name)
    expect(theirs.text).not.toBe(theirsBefore.text)
    expect(ours.text).toBe(oursBefore.text)
  })
})

describe('real hotels', () => {
  const production = { name: 'Live', clientId: 'live', clientSecret: 'sbx_livelivelive', environment: 'PRODUCTION', upstreamId: 'octorate' }

  test('only an owner registers an API client of production', async () => {
    const ask = (role: Role) => keyrack.fetchAs(role, '/api/api-clients', { method: 'POST', body: JSON.stringify(production) })
    expect((await ask('developer')).status).toBe(403)
    expect((await ask('owner')).status).toBe(200)
  })

  test('only an owner moves an API client to production', async () => {
    const call = await prepare('PATCH /api/api-clients/:id', { keyrack, organization: keyrack.organization, role: 'owner' })
    const ask = (role: Role) => keyrack.fetchAs(role, call.path, { method: 'PATCH', body: JSON.stringify({ environment: 'PRODUCTION' }) })
    expect((await ask('developer')).status).toBe(403)
    expect((await ask('owner')).status).toBe(200)
  })
})

const FORBIDDEN_KEYS = [
  'organizationId', 'tenantId', 'role', 'version', 'createdBy', 'id', '__proto__', 'constructor', 'prototype', 'userId', 'state', 'isAdmin',
]

describe.each(endpoints.filter((endpoint) => endpoint.method !== 'GET'))("$name takes its body's own keys and no other", ({ name, method }) => {
  test.each(FORBIDDEN_KEYS)('refuses the key %s in the body and changes nothing', async (key) => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    const before = await snapshotState(keyrack.sql)
    // Written by hand: an object literal would take __proto__ for its prototype.
    const rest = JSON.stringify(call.body ?? {}).slice(1)
    const body = `{${JSON.stringify(key)}:${JSON.stringify(keyrack.otherOrganization.id)}${rest === '}' ? rest : `,${rest}`}`
    const answer = await send(keyrack, { method, call, session: keyrack.organization.people.owner.cookie, init: { body } })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid_input'])
    expect(await snapshotState(keyrack.sql)).toEqual(before)
  })

})

describe.each(endpoints)('$name takes its own parameters and no other', ({ name, method }) => {
  test.each(['organizationId=1', 'constructor=1', 'x', '%72ole=owner'])('refuses the query ?%s', async (query) => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    const before = await snapshotState(keyrack.sql)
    const answer = await send(keyrack, {
      method, call: { ...call, path: `${call.path}${call.path.includes('?') ? '&' : '?'}${query}` }, session: keyrack.organization.people.owner.cookie,
    })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid_input'])
    expect(await snapshotState(keyrack.sql)).toEqual(before)
  })
})

test('a parameter that is there twice is refused, because two readers would choose differently', async () => {
  const answer = await keyrack.fetchAs('owner', '/api/connections?q=a&q=b')
  expect([answer.status, codeOf(answer)]).toEqual([400, 'bad_request'])
})

describe('bodies that are no objects', () => {
  test.each(['null', '[]', '"text"', '1', '{', '{"apiClientId":', '\u0000', '{"a":1}{"b":2}'])('are refused: %j', async (body) => {
    const answer = await keyrack.fetchAs('owner', '/oauth/authorize', { method: 'POST', body })
    expect(answer.status).toBe(400)
  })

  test('are refused when they are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"apiClientId":"'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')])
    expect((await keyrack.fetchAs('owner', '/oauth/authorize', { method: 'POST', body })).status).toBe(400)
  })
})
