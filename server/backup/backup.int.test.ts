import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import { requireKeys } from '../crypto/require-keys'
import { migrate, readMigrations } from '../database/migrate'
import { db, makePool } from '../db'
import { foldLedger } from '../hand-outs/fold-ledger'
import { requestRefresh } from '../refresh/request-refresh'
import { connect, CA_DEL_LUME, LOCANDA } from '../../tests/consent-flow'
import { dumpDatabase } from '../../tests/database-dump'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { createTestDatabase, type TestDatabase } from '../../tests/test-database'
import { backUpBefore } from './back-up-before'
import { restoreBackup } from './restore-backup'
import { takeBackup } from './take-backup'

const MIGRATIONS = path.resolve('prisma', 'migrations')
const rig = await openRig()
const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-backup-'))
const databases: TestDatabase[] = []
afterAll(async () => {
  for (const database of databases) await database.close()
  await rm(folder, { recursive: true, force: true })
})

let files = 0
async function backUp({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'> = rig.database, keys = requireKeys()) {
  files += 1
  const file = path.join(folder, `${files}.keyrack`)
  return { file, figures: await takeBackup({ ownerUrl, keys, file, at: rig.runtime.clock() }) }
}

function restore(file: string, { ownerUrl, appUrl }: TestDatabase, keys = requireKeys()) {
  return restoreBackup({ ownerUrl, appUrl, keys, file, migrations: MIGRATIONS })
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase(inject('postgres'), { template: 'template0' })
  databases.push(database)
  return database
}

/** The services on another database. */
async function standingOn<T>(database: TestDatabase, run: () => Promise<T>): Promise<T> {
  const pool = makePool(database.appUrl, 4, rig.runtime.log)
  try {
    return await rig.asAnotherProcess(run, { pool })
  } finally {
    await pool.end()
  }
}

async function makeScene() {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  const first = await connect(rig, { actor, apiClient }, LOCANDA)
  const second = await connect(rig, { actor, apiClient }, CA_DEL_LUME)
  return { actor, first, second, subjectOf: (id: string) => ({ id, organizationId: actor.viewer.organizationId }) }
}

const rowsOf = async (database: TestDatabase) => (await dumpDatabase(database)).split('\n').length
const versionOf = async (id: string) => (await readStoredTokens(id)).row.accessTokenVersion

describe('a backup', () => {
  test('brings everything into an empty database, and each connection is refreshed there before a token is handed out', async () => {
    const { first, second, subjectOf } = await makeScene()
    const { file, figures } = await backUp()
    const database = await emptyDatabase()
    const restored = await restore(file, database)
    expect(restored).toEqual({ takenAt: rig.runtime.clock().toISOString(), rows: figures.rows, left: 0, connections: figures.connections })
    const copied = ['organizations', 'users', 'memberships', 'api_clients', 'properties', 'token_lineage', 'audit_events', 'authorizations']
    for (const table of copied) {
      const text = `SELECT t::text AS row FROM ${table} t ORDER BY 1`
      expect({ table, rows: await database.sql(text) }).toEqual({ table, rows: await rig.database.sql(text) })
    }
    await standingOn(database, async () => {
      for (const id of [first, second]) {
        const { row } = await readStoredTokens(id)
        expect(row.accessExpiresAt.getTime()).toBeLessThanOrEqual(Date.now())
        expect(await requestRefresh(subjectOf(id), { reason: 'hand_out', waitMs: 10_000 })).toEqual({ outcome: 'refreshed' })
        expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
      }
    })
    // Rows that come later get numbers behind the restored ones.
    const [next] = await database.sql<{ free: boolean }>(`SELECT nextval('audit_events_id_seq') > (SELECT max(id) FROM audit_events) AS free`)
    expect(next).toEqual({ free: true })
  })

  test('has hand-outs in the ledger that are not folded yet, and none twice however it is put back', async () => {
    const { actor } = await makeScene()
    const id = randomUUID()
    const minute = '2026-11-20T10:05:00Z'
    const plant = (text: string) => rig.database.sql(text, [id, actor.viewer.organizationId, minute])
    await plant('INSERT INTO hand_outs (machine_key_id, connection_id, address, minute, organization_id, count) VALUES ($1, $1, $$8.8.8.8$$, $3, $2, 3)')
    for (const addresses of ["'{8.8.8.8,8.8.4.4}'", "'{8.8.4.4,8.8.8.8}'"]) {
      await plant(`INSERT INTO hand_out_batches (machine_key_ids, connection_ids, addresses, minutes, organization_ids, counts)
        VALUES (ARRAY[$1, $1]::uuid[], ARRAY[$1, $1]::uuid[], ${addresses}, ARRAY[$3, $3]::timestamptz[], ARRAY[$2, $2]::uuid[], '{2,5}')`)
    }
    const ledgerOf = (database: TestDatabase) =>
      database.sql('SELECT address, minute, organization_id, count FROM hand_outs WHERE machine_key_id = $1 ORDER BY address', [id])
    const whole = [['8.8.4.4', 7], ['8.8.8.8', 10]].map(([address, count]) => ({ address, count, minute: new Date(minute), organization_id: actor.viewer.organizationId }))
    const { file } = await backUp()
    expect((await ledgerOf(rig.database)).length).toBe(1)
    const database = await emptyDatabase()
    await restore(file, database)
    expect([await ledgerOf(database), await database.sql('SELECT id FROM hand_out_batches')]).toEqual([whole, []])
    // Where they are not folded yet, and where they were since.
    for (let time = 0; time < 2; time += 1) {
      await restore(file, rig.database)
      await foldLedger()
      expect(await ledgerOf(rig.database)).toEqual(whole)
    }
  })

  test('is taken as of one instant and leaves no half-written file', async () => {
    await makeScene()
    const { file } = await backUp()
    expect(await readdir(folder)).not.toContain(`${path.basename(file)}.new`)
    await expect(takeBackup({ ownerUrl: rig.database.ownerUrl, keys: requireKeys(), file: path.join(folder, 'no', 'such'), at: rig.runtime.clock() })).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('reveals nothing without the keys, not even a name', async () => {
    const { actor, first } = await makeScene()
    const { file } = await backUp()
    const text = (await readFile(file)).toString('latin1')
    for (const known of [actor.viewer.email, actor.viewer.organizationName, first, 'organizations']) expect(text).not.toContain(known)
  })
})

describe('the backup before migrations', () => {
  const before = (database: TestDatabase, at: Date, place: string) =>
    backUpBefore({ ownerUrl: database.ownerUrl, keys: requireKeys(), migrations: MIGRATIONS, folder: place, at })

  test('is written when one is pending and something is kept, and the last seven stay', async () => {
    const names = (await readMigrations(MIGRATIONS)).map(({ name }) => name)
    const place = path.join(folder, 'own')
    const database = await emptyDatabase()
    expect(await before(database, new Date(), place)).toBeNull()
    await migrate(database.ownerUrl, MIGRATIONS, (name) => names.indexOf(name) < 3)
    expect(await before(database, new Date(), place)).toBeNull()
    await database.sql(`INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'Of old')`)
    const written: string[] = []
    for (let day = 1; day <= 9; day += 1) written.push((await before(database, new Date(Date.UTC(2026, 0, day)), place)) ?? '')
    expect((await readdir(place)).map((name) => path.join(place, name)).sort()).toEqual(written.slice(2))
    await migrate(database.ownerUrl, MIGRATIONS)
    expect(await before(database, new Date(), place)).toBeNull()
    const target = await emptyDatabase()
    await restore(written.at(-1) ?? '', target)
    expect(await target.sql('SELECT name FROM organizations')).toEqual([{ name: 'Of old' }])
  })
})

describe('a restore', () => {
  test('refuses a missing key and a wrong one by name, and touches nothing', async () => {
    await makeScene()
    const { file } = await backUp()
    const database = await emptyDatabase()
    await expect(restore(file, database, parseKeys(makeKey('other')))).rejects.toThrow('This backup needs the key "k1", which is not configured. Nothing was changed.')
    await expect(restore(file, database, parseKeys(makeKey('k1')))).rejects.toThrow('Key "k1" has the same id as the one of this backup and other bytes.')
    expect(await rowsOf(database)).toBe(1)
  })

  test('wants every key that the database was written with, not just the one that sealed the backup', async () => {
    const database = await emptyDatabase()
    await migrate(database.ownerUrl, MIGRATIONS)
    await database.sql(`INSERT INTO encryption_keys (key_id, check_sealed) VALUES ('old', 'x')`)
    const [old, fresh] = [makeKey('old'), makeKey('new')]
    const { file } = await backUp(database, parseKeys(`${fresh},${old}`))
    await expect(restore(file, await emptyDatabase(), parseKeys(fresh))).rejects.toThrow('needs the key "old"')
  })

  test('puts in all or nothing: a file that is damaged or cut off changes no row', async () => {
    await makeScene()
    const { file } = await backUp()
    const whole = await readFile(file)
    const database = await emptyDatabase()
    await migrate(database.ownerUrl, MIGRATIONS)
    const before = await dumpDatabase(database)
    for (const spoiled of [whole.subarray(0, whole.length - 20), Buffer.concat([whole.subarray(0, -1), Buffer.from([whole.at(-1) === 0 ? 1 : 0])])]) {
      const other = path.join(folder, 'spoiled.keyrack')
      await writeFile(other, spoiled)
      await expect(restore(other, database)).rejects.toThrow(/damaged or cut off/)
      expect(await dumpDatabase(database)).toBe(before)
    }
    await writeFile(path.join(folder, 'letter.keyrack'), 'Dear Octorate,\n')
    await expect(restore(path.join(folder, 'letter.keyrack'), database)).rejects.toThrow('This file is no backup of Keyrack.')
  })

  test('brings back what was lost and never puts an older token over a newer one', async () => {
    const { first, second, subjectOf } = await makeScene()
    const { file } = await backUp()
    await requestRefresh(subjectOf(first), { reason: 'manual', waitMs: 10_000 })
    const newer = await readStoredTokens(first)
    expect(newer.row.accessTokenVersion).toBe(2)
    await rig.database.sql('DELETE FROM connections WHERE id = $1', [second])
    const restored = await restore(file, rig.database)
    expect(restored.connections).toBe(1)
    expect(await readStoredTokens(first)).toEqual(newer)
    expect(await db().property.count({ where: { connectionId: second } })).toBe(1)
    expect(await requestRefresh(subjectOf(second), { reason: 'hand_out', waitMs: 10_000 })).toEqual({ outcome: 'refreshed' })
  })

  test('puts newer tokens over older ones when the database itself was set back', async () => {
    const { first, subjectOf } = await makeScene()
    const old = await backUp()
    await requestRefresh(subjectOf(first), { reason: 'manual', waitMs: 10_000 })
    const fresh = await backUp()
    const database = await emptyDatabase()
    await restore(old.file, database)
    await restore(fresh.file, database)
    expect(await standingOn(database, () => versionOf(first))).toBe(2)
    await restore(old.file, database)
    expect(await standingOn(database, () => versionOf(first))).toBe(2)
  })

  test('leaves out what has no place: a connection whose property was connected anew keeps the new one', async () => {
    const { second } = await makeScene()
    const { file } = await backUp()
    // The same property under another id: consented again after the row was lost.
    await rig.database.sql('ALTER TABLE properties DROP CONSTRAINT properties_connection_id_fkey')
    await rig.database.sql('ALTER TABLE token_lineage DROP CONSTRAINT token_lineage_connection_id_fkey')
    await rig.database.sql('UPDATE connections SET id = gen_random_uuid() WHERE id = $1', [second])
    await rig.database.sql('DELETE FROM properties WHERE connection_id = $1', [second])
    await rig.database.sql('DELETE FROM token_lineage WHERE connection_id = $1', [second])
    await rig.database.sql('ALTER TABLE properties ADD CONSTRAINT properties_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections (id) ON DELETE CASCADE')
    await rig.database.sql('ALTER TABLE token_lineage ADD CONSTRAINT token_lineage_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections (id) ON DELETE CASCADE')
    const { connections, left } = await restore(file, rig.database)
    expect({ connections, isSomethingLeft: left > 0 }).toEqual({ connections: 0, isSomethingLeft: true })
    expect(await db().connection.count({ where: { id: second } })).toBe(0)
  })

  test('of an earlier version first makes the tables of then, and migrates the rows', async () => {
    const names = (await readMigrations(MIGRATIONS)).map(({ name }) => name)
    const earlier = names.slice(0, 3)
    const database = await emptyDatabase()
    await migrate(database.ownerUrl, MIGRATIONS, (name) => earlier.includes(name))
    await database.sql(`INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'Of old')`)
    const { file } = await backUp(database)
    const target = await emptyDatabase()
    await restore(file, target)
    expect(await target.sql('SELECT name FROM organizations')).toEqual([{ name: 'Of old' }])
    expect(await target.sql('SELECT count(*)::int AS count FROM _prisma_migrations')).toEqual([{ count: names.length }])
    await expect(restore(file, rig.database)).rejects.toThrow('The database is of a later version than the backup')
  })

  test('of a later version is refused', async () => {
    const database = await emptyDatabase()
    await migrate(database.ownerUrl, MIGRATIONS)
    await database.sql(`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('x', 'x', now(), '29990101000000_later')`)
    const { file } = await backUp(database)
    await expect(restore(file, await emptyDatabase())).rejects.toThrow('taken of a later Keyrack')
  })
})
