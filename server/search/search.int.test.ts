import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectionQuerySchema, type ConnectionBucket } from '@/contracts/connections'
import { countBuckets } from '../connections/count-buckets'
import { listConnections } from '../connections/list-connections'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { searchEverything } from './search-everything'

const rig = await openRig()
const { clock } = rig
const HOUR_MS = 60 * 60_000
const actor = await makeActor()
const { organizationId } = actor.viewer
const apiClient = await makeApiClient(rig, actor)

const connect = async (name: string, data: Partial<Prisma.ConnectionUncheckedCreateInput> = {}) => {
  const id = randomUUID()
  await db().connection.create({
    data: {
      id, organizationId, apiClientId: apiClient.id, name, identity: `property:${id.slice(0, 8)}`, searchText: name.toLowerCase(), environment: 'SANDBOX',
      origin: 'code', stateSince: clock.date, accessIssuedAt: clock.date, accessExpiresAt: new Date(clock.at + 24 * HOUR_MS), expirySource: 'both',
      lastRefreshAt: clock.date, nextRefreshAt: new Date(clock.at + 12 * HOUR_MS), ...data,
    },
  })
  return id
}
const soon = new Date(clock.at + HOUR_MS)
const used = await connect('Used')
await rig.database.sql('INSERT INTO hand_out_origins (machine_key_id, connection_id, address, first_at) VALUES ($1, $2, $3, now())', [randomUUID(), used, '192.0.2.1'])
await connect('Dead', { state: 'reconnect_required', nextRefreshAt: null })
await connect('Failing', { state: 'refresh_failing', cause: 'quota' })
await connect('Unplanned', { accessExpiresAt: soon, nextRefreshAt: null })
await connect('Too late', { accessExpiresAt: soon, nextRefreshAt: new Date(clock.at + 2 * HOUR_MS) })
await connect('In time', { accessExpiresAt: soon, nextRefreshAt: new Date(clock.at + HOUR_MS / 2) })
await connect('Gone', { state: 'disconnected', nextRefreshAt: null, accessExpiresAt: soon })
await connect('100% Hotel_A', { consentedByEmail: 'Greta@Becker.example' })

describe('a bucket', () => {
  test.each<[ConnectionBucket, string[]]>([
    ['reconnect', ['Dead']],
    ['failing', ['Failing']],
    ['unplanned', ['Too late', 'Unplanned']],
    ['unused', ['100% Hotel_A', 'Dead', 'Failing', 'In time', 'Too late', 'Unplanned']],
    ['admin_token', []],
  ])('%s holds exactly what its name says, and counts it', async (bucket, names) => {
    const { items } = await listConnections(actor.viewer, connectionQuerySchema.parse({ bucket, sort: 'name' }))
    expect(items.map(({ name }) => name)).toEqual(names)
    expect((await countBuckets(actor.viewer)).counts[bucket]).toBe(names.length)
  })

  test('of admin tokens holds every living connection of an API client whose token ends within 30 days', async () => {
    const day = 24 * HOUR_MS
    const token = { organizationId, apiClientId: apiClient.id, tokenSealed: 'x', tokenLast4: 'abcd', issuedAt: clock.date }
    const { id } = await db().adminToken.create({ data: { ...token, expiresAt: new Date(clock.at + 31 * day) } })
    expect((await countBuckets(actor.viewer)).counts.admin_token).toBe(0)
    await db().adminToken.update({ where: { id }, data: { expiresAt: new Date(clock.at + 29 * day) } })
    expect((await countBuckets(actor.viewer)).counts.admin_token).toBe(7)
    await db().adminToken.update({ where: { id }, data: { retiredAt: clock.date } })
    expect((await countBuckets(actor.viewer)).counts.admin_token).toBe(0)
  })
})

describe('the search', () => {
  test('takes signs as themselves, and finds a mail address in any case', async () => {
    const names = async (q: string) => (await searchEverything(actor.viewer, q)).connections.map(({ name }) => name)
    expect(await names('100%')).toEqual(['100% Hotel_A'])
    expect(await names('l_a')).toEqual(['100% Hotel_A'])
    expect(await names('_%')).toEqual([])
    expect(await names('greta@becker')).toEqual(['100% Hotel_A'])
  })

  test('finds the connection that a link with a ticket was sent for', async () => {
    await db().link.create({
      data: {
        organizationId, apiClientId: apiClient.id, kind: 'reconnect', connectionId: used, tokenDigest: randomUUID(), language: 'it', ticket: 'HD-4711',
        createdAt: clock.date, expiresAt: new Date(clock.at + HOUR_MS),
      },
    })
    expect((await searchEverything(actor.viewer, 'hd-47')).connections).toMatchObject([{ id: used, reason: 'ticket', found: 'HD-4711' }])
  })

  test('finds a connect link by its ticket and by the recipient, for whoever may see links', async () => {
    const { id } = await db().link.create({
      data: {
        organizationId, apiClientId: apiClient.id, kind: 'connect', propertyId: '777001', tokenDigest: randomUUID(), language: 'it', ticket: 'CN-9',
        recipientEmail: 'Nora@Neu.example', createdAt: clock.date, expiresAt: new Date(clock.at + HOUR_MS),
      },
    })
    const expected = { id, state: 'created', property: '777001', recipientEmail: 'Nora@Neu.example', ticket: 'CN-9' }
    for (const q of ['cn-9', 'nora@neu']) expect((await searchEverything(actor.viewer, q)).links).toMatchObject([expected])
    expect((await searchEverything({ ...actor.viewer, role: 'viewer' }, 'cn-9')).links).toEqual([])
    expect((await searchEverything((await makeActor()).viewer, 'cn-9')).links).toEqual([])
  })

  test('finds nothing of another organization', async () => {
    const stranger = await makeActor()
    expect(await searchEverything(stranger.viewer, 'hotel')).toEqual({ connections: [], hasMore: false, links: [] })
  })
})
