import { afterEach, describe, expect, test } from 'vitest'
import { db } from '../db'
import { disconnectConnection } from './disconnect-connection'
import { getConnection } from './get-connection'
import { arrive, connect, decide, LOCANDA, ROSSI_NETWORK, startFlow } from '../../tests/consent-flow'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'

const rig = await openRig()
const { sandbox, clock } = rig

afterEach(() => sandbox.control.faults.clear())

async function makeOwner() {
  const actor = await makeActor()
  return { actor, apiClient: await makeApiClient(rig, actor) }
}

interface Change {
  readonly merge?: Readonly<Record<string, unknown>>
  readonly remove?: readonly string[]
}

/** The next answer of Octorate to this API client is changed so. */
function changeNext(endpoint: string, clientId: string, change: Change) {
  return sandbox.control.faults.add({ endpoint, clientId, kind: 'override', ...change })
}

describe('the same property, connected again', () => {
  test('stays one connection with its id, whose tokens go forward by a version', async () => {
    const owner = await makeOwner()
    const id = await connect(rig, owner)
    const first = await readStoredTokens(id)
    clock.advance(1_000)
    expect(await connect(rig, owner)).toBe(id)
    const second = await readStoredTokens(id)
    expect(second.row).toMatchObject({ accessTokenVersion: 2, refreshTokenVersion: 2 })
    expect([second.access, second.refresh]).not.toContain(first.access)
    expect(second.refresh).not.toBe(first.refresh)
    expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
    expect((await getConnection(owner.actor.viewer, id)).lineage).toHaveLength(2)
  })

  test('stays one when a colleague connects it, and names the colleague', async () => {
    const owner = await makeOwner()
    const id = await connect(rig, owner)
    const colleague = await makeColleague(owner.actor, 'support')
    expect(await connect(rig, { actor: colleague, apiClient: owner.apiClient })).toBe(id)
    expect((await getConnection(owner.actor.viewer, id)).connectedBy).toBe(colleague.viewer.name)
  })

  test('stays one when five consents come back at the same moment, and holds one pair that is live', async () => {
    const owner = await makeOwner()
    const flows = await Promise.all(Array.from({ length: 5 }, () => startFlow(owner.actor, owner.apiClient)))
    const addresses = await Promise.all(flows.map((flow) => decide(rig, flow)))
    const completed = await Promise.all(flows.map((flow, index) => arrive(flow, addresses[index] ?? '')))
    const ids = completed.map((each) => (each.outcome === 'connected' ? each.connectionId : each.error.code))
    expect(new Set(ids).size).toBe(1)
    expect(await db().connection.count({ where: { apiClientId: owner.apiClient.id } })).toBe(1)
    const { row, access, refresh } = await readStoredTokens(ids[0] ?? '')
    expect(row.accessTokenVersion).toBe(row.refreshTokenVersion)
    expect(sandbox.control.inspect(access ?? '').grant).toBe(sandbox.control.inspect(refresh ?? '').grant)
    expect(await inspectStored(rig, ids[0] ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
    expect(await db().property.count({ where: { connectionId: ids[0] ?? '' } })).toBe(1)
  })

  test('is another connection for another API client, and for another organization', async () => {
    const [owner, stranger] = [await makeOwner(), await makeOwner()]
    const second = { actor: owner.actor, apiClient: await makeApiClient(rig, owner.actor) }
    const ids = [await connect(rig, owner), await connect(rig, second), await connect(rig, stranger)]
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('is another connection than the network that covers it too', async () => {
    const owner = await makeOwner()
    const network = await connect(rig, owner, ROSSI_NETWORK)
    const property = await connect(rig, owner, { username: 'giulia.rossi', properties: ['310046'] })
    expect(property).not.toBe(network)
    expect((await getConnection(owner.actor.viewer, network)).isNetwork).toBe(true)
    expect((await getConnection(owner.actor.viewer, property)).isNetwork).toBe(false)
  })

  test('follows what the consent covers now, and keeps what a person had left out', async () => {
    const owner = await makeOwner()
    const id = await connect(rig, owner, ROSSI_NETWORK)
    await db().property.updateMany({ where: { connectionId: id, upstreamId: '310089' }, data: { linked: false } })
    await connect(rig, owner, ROSSI_NETWORK)
    const { properties } = await getConnection(owner.actor.viewer, id)
    expect(properties).toHaveLength(9)
    expect(properties.filter(({ linked }) => !linked).map(({ upstreamId }) => upstreamId)).toEqual(['310089'])
  })

  test('comes back to life after a disconnect under the same id, its versions still going forward', async () => {
    const owner = await makeOwner()
    const id = await connect(rig, owner)
    await disconnectConnection(owner.actor, id)
    expect(await connect(rig, owner)).toBe(id)
    expect(await getConnection(owner.actor.viewer, id)).toMatchObject({ status: 'healthy', hasRefreshToken: true })
    expect((await readStoredTokens(id)).row).toMatchObject({ accessTokenVersion: 2, refreshTokenVersion: 2, disconnectedAt: null })
  })
})

describe('a stored refresh token', () => {
  const absences: [string, Change][] = [
    ['lacks it', { remove: ['refresh_token'] }],
    ['has null', { merge: { refresh_token: null } }],
    ['has an empty one', { merge: { refresh_token: '' } }],
    ['has both spellings of it empty', { merge: { refresh_token: '', refreshToken: null } }],
  ]

  test.each(absences)('is kept when the answer to a new consent %s', async (_name, change) => {
    const owner = await makeOwner()
    const id = await connect(rig, owner)
    const before = await readStoredTokens(id)
    await changeNext('identity/token', owner.apiClient.clientId, change)
    clock.advance(1_000)
    expect(await connect(rig, owner)).toBe(id)
    const after = await readStoredTokens(id)
    expect(after.refresh).toBe(before.refresh)
    expect(after.row).toMatchObject({ accessTokenVersion: 2, refreshTokenVersion: 1 })
  })

  test.each(absences)('is kept when the answer to a refresh %s', async (_name, change) => {
    const owner = await makeOwner()
    const id = await connect(rig, owner)
    const before = await readStoredTokens(id)
    await sandbox.control.settings.set({ refreshRotation: 'off' })
    await changeNext('identity/refresh', owner.apiClient.clientId, change)
    clock.advance(1_000)
    expect(await refreshOnce({ id, organizationId: owner.actor.viewer.organizationId })).toEqual({ outcome: 'refreshed' })
    const after = await readStoredTokens(id)
    expect(after.refresh).toBe(before.refresh)
    expect(after.access).not.toBe(before.access)
    expect((await getConnection(owner.actor.viewer, id)).lineage[0]).toMatchObject({ origin: 'refresh', refreshReplaced: false })
  })

  test('that never came is said on the connection, and a refresh names it, without a request to Octorate', async () => {
    const owner = await makeOwner()
    await changeNext('identity/token', owner.apiClient.clientId, { remove: ['refresh_token'] })
    const id = await connect(rig, owner)
    expect(await getConnection(owner.actor.viewer, id)).toMatchObject({ status: 'healthy', hasRefreshToken: false })
    const result = await refreshOnce({ id, organizationId: owner.actor.viewer.organizationId })
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'refresh_token_missing' } })
    expect(await connect(rig, owner, LOCANDA)).toBe(id)
    expect((await getConnection(owner.actor.viewer, id)).hasRefreshToken).toBe(true)
  })

  test('is never lost to SQL either: the database refuses null, an empty text and an older version', async () => {
    const owner = await makeOwner()
    const id = await connect(rig, owner)
    await connect(rig, owner)
    const attempts = [
      `refresh_token_sealed = NULL`,
      `refresh_token_sealed = ''`,
      `refresh_token_sealed = NULL, state = 'reconnect_required'`,
      `refresh_token_version = 1`,
      `access_token_version = 1`,
    ]
    for (const change of attempts) {
      const update = rig.database.sql(`UPDATE connections SET ${change} WHERE id = $1`, [id])
      await expect(update).rejects.toMatchObject({ code: '23514' })
    }
    expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
  })
})

describe('an expiry', () => {
  const fields = [
    ['expireDate', 'expireDate', false],
    ['expires_in', 'expires_in', false],
    ['both', 'both', false],
    ['neither', 'assumed', true],
  ] as const

  test.each(fields)('is read from %s, at connect and at refresh', async (expiryFields, expirySource, expiryFlagged) => {
    await sandbox.control.settings.set({ expiryFields })
    const owner = await makeOwner()
    const id = await connect(rig, owner)
    const lifeMs = expirySource === 'assumed' ? 3_600_000 : 86_400_000
    const expected = { expirySource, expiryFlagged }
    const connected = await getConnection(owner.actor.viewer, id)
    expect(connected).toMatchObject(expected)
    expect(Math.abs(Date.parse(connected.accessExpiresAt ?? '') - clock.at - lifeMs)).toBeLessThan(2_000)
    clock.advance(3_600_000)
    await refreshOnce({ id, organizationId: owner.actor.viewer.organizationId })
    const refreshed = await getConnection(owner.actor.viewer, id)
    expect(refreshed).toMatchObject(expected)
    expect(Math.abs(Date.parse(refreshed.accessExpiresAt ?? '') - clock.at - lifeMs)).toBeLessThan(2_000)
    await sandbox.control.settings.set({ expiryFields: 'expireDate' })
  })

  test('is the earlier of two that disagree, and the drift is told', async () => {
    const owner = await makeOwner()
    await changeNext('identity/token', owner.apiClient.clientId, { merge: { expires_in: 3_600 } })
    const id = await connect(rig, owner)
    const { expirySource, expiryFlagged, accessExpiresAt, lineage } = await getConnection(owner.actor.viewer, id)
    expect({ expirySource, expiryFlagged }).toEqual({ expirySource: 'both', expiryFlagged: true })
    expect(accessExpiresAt).toBe(new Date(clock.at + 3_600_000).toISOString())
    expect(lineage[0]?.driftMs).toBe(23 * 3_600_000)
  })
})
