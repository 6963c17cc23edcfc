import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { setRuntime } from '../runtime'
import { requestRefresh } from '../refresh/request-refresh'
import { obtainAdminToken } from '../api-clients/obtain-admin-token'
import { connect, EIGHT_CONSENTS } from '../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { deriveFrom, openDerivationRoot } from './derivation-root'
import { makeLiveKeys } from './live-keys'
import { makeKey, parseKeys } from './parse-keys'
import { countByKey, resealAll } from './reseal'
import { SEALED_COLUMNS } from './sealed-columns'

const rig = await openRig()
const client = new pg.Client({ connectionString: rig.database.ownerUrl })
await client.connect()
afterAll(() => client.end())

const [old, fresh] = [makeKey('k-old'), makeKey('k-new')]
const both = parseKeys(`${fresh},${old}`)

/** Everything the console seals from now on is sealed with these. */
const use = (text: string) => setRuntime({ ...rig.runtime, keys: parseKeys(text), singletons: new Map() })

async function makeScene() {
  use(old)
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  await obtainAdminToken(actor, apiClient.id)
  const ids: string[] = []
  for (const consent of EIGHT_CONSENTS) ids.push(await connect(rig, { actor, apiClient }, consent))
  await openDerivationRoot(rig.runtime.pool, parseKeys(`${old},${fresh}`))
  return { actor, ids }
}

const inspectAll = (ids: readonly string[]) => Promise.all(ids.map((id) => inspectStored(rig, id)))

describe('sealing everything anew', () => {
  test('leaves no value under the old key, and each opens with the new one alone', async () => {
    const { actor, ids } = await makeScene()
    const root = await openDerivationRoot(rig.runtime.pool, parseKeys(old))
    const before = await countByKey(client)
    expect([...before.keys()]).toEqual(['k-old'])
    const { resealed, unreadable } = await resealAll(client, both, () => undefined)
    expect({ resealed, unreadable }).toEqual({ resealed: before.get('k-old'), unreadable: 0 })
    expect(await countByKey(client)).toEqual(new Map([['k-new', resealed]]))
    use(fresh)
    for (const seen of await inspectAll(ids)) expect(seen).toMatchObject({ access: 'live', refresh: 'live' })
    expect(await requestRefresh({ id: ids[0] ?? '', organizationId: actor.viewer.organizationId }, { reason: 'manual', waitMs: 10_000 })).toEqual({ outcome: 'refreshed' })
    // Cookies and fingerprints stay what they were.
    expect(deriveFrom(await openDerivationRoot(rig.runtime.pool, parseKeys(fresh)), 'x')).toEqual(deriveFrom(root, 'x'))
    expect(await resealAll(client, both, () => undefined)).toEqual({ resealed: 0, unreadable: 0 })
  })

  test('takes nothing back from those who refresh meanwhile, because it compares before it sets', async () => {
    const { actor, ids } = await makeScene()
    use(`${fresh},${old}`)
    const refreshes = ids.map((id) => requestRefresh({ id, organizationId: actor.viewer.organizationId }, { reason: 'manual', waitMs: 10_000 }))
    const rounds = await Promise.all([resealAll(client, both, () => undefined), ...refreshes])
    expect(rounds.slice(1)).toEqual(ids.map(() => ({ outcome: 'refreshed' })))
    await resealAll(client, both, () => undefined)
    expect([...(await countByKey(client)).keys()]).toEqual(['k-new'])
    use(fresh)
    for (const seen of await inspectAll(ids)) expect(seen).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('leaves a value that does not open as it is, and says how many', async () => {
    const { ids } = await makeScene()
    const [spoiled] = await rig.database.sql<{ envelope: string }>(
      `UPDATE connections SET access_token_sealed = overlay(access_token_sealed placing 'AAAA' from 70) WHERE id = $1 RETURNING access_token_sealed AS envelope`, [ids[0]],
    )
    expect(await resealAll(client, both, () => undefined)).toMatchObject({ unreadable: 1 })
    expect(await rig.database.sql('SELECT access_token_sealed AS envelope FROM connections WHERE id = $1', [ids[0]])).toEqual([spoiled])
    await rig.database.sql('DELETE FROM connections WHERE id = $1', [ids[0]])
  })

  test('knows every column of envelopes that there is, because one that is forgotten dies with the old key', async () => {
    const rows = await rig.database.sql<{ place: string }>(
      `SELECT table_name || '.' || column_name AS place FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%\\_sealed'`,
    )
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`)
    expect(rows.map(({ place }) => place).filter((place) => place !== 'encryption_keys.check_sealed').sort()).toEqual(known.sort())
  })
})

describe('keys that change while a process runs', () => {
  test('open what another process sealed with a key that this one has not taken yet, and do not seal with it', () => {
    let file = old
    let reads = 0
    let now = 0
    const keys = makeLiveKeys(parseKeys(old), {
      root: Buffer.alloc(32), clock: () => now,
      readNow: () => {
        reads += 1
        return parseKeys(file)
      },
    })
    expect(keys.find('k-new')).toBeUndefined()
    file = `${fresh},${old}`
    // Not again within the second, however often somebody asks.
    expect([keys.find('k-new'), keys.find('k-new'), reads]).toEqual([undefined, undefined, 1])
    now += 1_001
    expect(keys.find('k-new')).toHaveLength(32)
    expect(keys.sealingKeyId).toBe('k-old')
    keys.replace(parseKeys(file))
    expect(keys.sealingKeyId).toBe('k-new')
  })
})
