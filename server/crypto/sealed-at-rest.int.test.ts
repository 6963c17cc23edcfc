import { describe, expect, test } from 'vitest'
import { obtainAdminToken } from '../api-clients/obtain-admin-token'
import { preflightApiClient } from '../api-clients/preflight'
import { rotateClientSecret } from '../api-clients/rotate-client-secret'
import { db } from '../db'
import { toAppError } from '../http/to-app-error'
import { makeKey, parseKeys } from './parse-keys'
import { arrive, CA_DEL_LUME, connect, decide, makeConnected, ROSSI_NETWORK, startFlow } from '../../tests/consent-flow'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor } from '../../tests/factories'
import { secretsOf, secretsOfFlow } from '../../tests/known-secrets'
import { receiveAnswer } from '../../tests/received-answer'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock, database } = rig

/** What a read of the stored secret ends with. */
async function codeOf(read: Promise<unknown>): Promise<string> {
  return read.then(
    () => 'opened',
    (error: unknown) => toAppError(error).code,
  )
}

describe('what is stored', () => {
  test('holds no code, state, token or secret in any table, after everything that a person can do', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const flows = [await startFlow(connected.actor, connected.apiClient), await startFlow(connected.actor, connected.apiClient)] as const
    await arrive(flows[0], await decide(rig, flows[0], ROSSI_NETWORK))
    await receiveAnswer(flows[1], await decide(rig, flows[1], CA_DEL_LUME))
    for (let round = 0; round < 3; round += 1) {
      clock.advance(3_600_000)
      await refreshOnce(connected.subject)
    }
    await preflightApiClient(connected.actor, connected.apiClient.id)
    await obtainAdminToken(connected.actor, connected.apiClient.id)
    const newSecret = 'sbx_rotated_secret_of_this_test'
    await sandbox.control.changeClientSecret(connected.apiClient.clientId, newSecret)
    await refreshOnce(connected.subject)
    await rotateClientSecret(connected.actor, connected.apiClient.id, { clientSecret: newSecret })
    await refreshOnce(connected.subject)
    await sandbox.control.settings.set({ refreshRotation: 'off' })

    const secrets = [...secretsOf(sandbox), ...flows.flatMap(secretsOfFlow)]
    expect(secrets).toContain(newSecret)
    expect(secrets.length).toBeGreaterThan(15)
    const dump = await dumpDatabase(database)
    expect(dump).toContain(connected.apiClient.clientId)
    expect(findSecrets(dump, secrets)).toEqual([])
    expect(findSecrets(rig.logs(), secrets)).toEqual([])
    expect(findSecrets(`${dump} ${secrets[3]}`, secrets)).toEqual([secrets[3]])
  })
})

describe('a sealed token', () => {
  const COLUMNS = ['access_token_sealed', 'refresh_token_sealed'] as const

  test('opens in its own row and column only, for every ordered pair of eight rows in two organizations', async () => {
    const [here, there] = [await makeActor(), await makeActor()]
    const all = await Promise.all([here, here, here, here, there, there, there, there].map((actor) => makeConnected(rig, actor)))
    const cells = all.flatMap(({ connectionId }) => COLUMNS.map((column) => ({ id: connectionId, column })))
    const rows = await database.sql<Record<string, string>>('SELECT * FROM connections WHERE id = ANY($1)', [all.map(({ connectionId }) => connectionId)])
    const original = ({ id, column }: (typeof cells)[number]) => rows.find((row) => row['id'] === id)?.[column] ?? ''
    let refused = 0
    for (const target of cells) {
      for (const source of cells.filter((cell) => cell !== target)) {
        await database.sql(`UPDATE connections SET ${target.column} = $1 WHERE id = $2`, [original(source), target.id])
        if ((await codeOf(readStoredTokens(target.id))) === 'secret_unreadable') refused += 1
      }
      await database.sql(`UPDATE connections SET ${target.column} = $1 WHERE id = $2`, [original(target), target.id])
      expect(await codeOf(readStoredTokens(target.id))).toBe('opened')
    }
    expect(refused).toBe(cells.length * (cells.length - 1))
  }, 60_000)

  test('of an older version does not open when it is put back', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { row: older } = await readStoredTokens(connected.connectionId)
    await connect(rig, connected)
    await database.sql('UPDATE connections SET refresh_token_sealed = $1 WHERE id = $2', [older.refreshTokenSealed, connected.connectionId])
    const calls = watchCalls(rig)
    expect(await refreshOnce(connected.subject)).toMatchObject({ outcome: 'failed', error: { code: 'secret_unreadable' } })
    expect(calls.all()).toEqual([])
    const versions = database.sql('UPDATE connections SET refresh_token_version = 1 WHERE id = $1', [connected.connectionId])
    await expect(versions).rejects.toMatchObject({ code: '23514' })
  })

  test('does not open with a flipped character anywhere in it', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { row } = await readStoredTokens(connected.connectionId)
    const envelope = row.accessTokenSealed ?? ''
    for (let position = 0; position < envelope.length; position += 7) {
      const flipped = envelope[position] === 'A' ? 'B' : 'A'
      const damaged = envelope.slice(0, position) + flipped + envelope.slice(position + 1)
      await database.sql('UPDATE connections SET access_token_sealed = $1 WHERE id = $2', [damaged, connected.connectionId])
      expect(await codeOf(readStoredTokens(connected.connectionId))).toBe('secret_unreadable')
    }
  })
})

describe('a sealed client secret or admin token', () => {
  test('is of no use to another API client, of the same organization or of another', async () => {
    const [here, there] = [await makeActor(), await makeActor()]
    const [own, sibling, foreign] = await Promise.all([here, here, there].map((actor) => makeConnected(rig, actor)))
    if (!own || !sibling || !foreign) throw new TypeError('three connections were made')
    for (const { actor, apiClient } of [own, sibling, foreign]) await obtainAdminToken(actor, apiClient.id)
    for (const thief of [sibling, foreign]) {
      const before = await db().apiClient.findUniqueOrThrow({ where: { id: thief.apiClient.id } })
      await database.sql(
        'UPDATE api_clients AS t SET client_secret_sealed = s.client_secret_sealed FROM api_clients AS s WHERE t.id = $1 AND s.id = $2',
        [thief.apiClient.id, own.apiClient.id],
      )
      const calls = watchCalls(rig)
      expect(await codeOf(obtainAdminToken(thief.actor, thief.apiClient.id))).toBe('secret_unreadable')
      expect(calls.all()).toEqual([])
      await database.sql('UPDATE api_clients SET client_secret_sealed = $1 WHERE id = $2', [before.clientSecretSealed, thief.apiClient.id])

      await database.sql(
        'UPDATE admin_tokens AS t SET token_sealed = s.token_sealed FROM admin_tokens AS s WHERE t.api_client_id = $1 AND s.api_client_id = $2',
        [thief.apiClient.id, own.apiClient.id],
      )
      expect(await codeOf(preflightApiClient(thief.actor, thief.apiClient.id))).toBe('secret_unreadable')
    }
  })
})

describe('keys', () => {
  test('that were replaced by a new one still open what the old one sealed, and the new one seals from then on', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const both = parseKeys(`${makeKey('k2')},${rig.forChildren.keyText}`)
    await rig.asAnotherProcess(
      async () => {
        clock.advance(3_600_000)
        expect(await refreshOnce(connected.subject)).toEqual({ outcome: 'refreshed' })
        const { row } = await readStoredTokens(connected.connectionId)
        expect(row.accessTokenSealed).toMatch(/^v1\.k2\./)
        expect(row.refreshTokenSealed).toMatch(/^v1\.k1\./)
        expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
      },
      { keys: both },
    )
  })

  test('that are not there leave the console sealed: nothing is opened and nothing is sent', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const calls = watchCalls(rig)
    await rig.asAnotherProcess(
      async () => {
        expect(await refreshOnce(connected.subject)).toMatchObject({ outcome: 'failed', error: { code: 'sealed' } })
        expect(await codeOf(obtainAdminToken(connected.actor, connected.apiClient.id))).toBe('sealed')
      },
      { keys: null },
    )
    expect(calls.all()).toEqual([])
    expect((await readStoredTokens(connected.connectionId)).row.state).toBe('connected')
  })
})
