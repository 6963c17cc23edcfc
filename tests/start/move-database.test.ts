import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { run } from '@/bin/test/run.js'
import { addressesAt, MAJOR, readPasswords } from '@/server/database/embedded-postgres'
import { fetchPostgres } from '@/server/database/fetch-postgres'
import { migrate } from '@/server/database/migrate'
import { runPostgresProgram } from '@/server/database/pg-ctl'
import { findPostgresPlace } from '@/server/database/postgres-place'
import { startServer, stopServer } from '@/server/database/postgres-server'
import { makeKey, parseKeys } from '@/server/crypto/parse-keys'
import { checkKeys } from '@/server/start/check-keys'
import { removeData } from '../console'

const OLD = '17'
const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-old-'))
const dataFolder = path.join(folder, 'data')
afterAll(async () => {
  await removeData(dataFolder)
  await rm(folder, { recursive: true, force: true })
})

/** A data folder as a Keyrack with PostgreSQL 17 would have left it. */
async function makeOldData(key: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true })
  await writeFile(path.join(dataFolder, 'keys'), key)
  const place = await findPostgresPlace(dataFolder, await fetchPostgres(OLD, path.join(folder, 'binaries')))
  const passwords = await readPasswords(dataFolder)
  const [data, passwordFile] = [path.join(place.folder, 'data'), path.join(place.folder, 'password')]
  await writeFile(passwordFile, passwords.admin)
  if (place.identity) await chown(passwordFile, place.identity.uid, place.identity.gid)
  const made = await runPostgresProgram(place, 'initdb', ['-D', data, '-U', 'keyrack_admin', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'])
  expect(made.code).toBe(0)
  const port = await startServer(place, data, { connections: 20 })
  const admin = new pg.Client({ connectionString: `postgresql://keyrack_admin:${passwords.admin}@127.0.0.1:${port}/postgres` })
  await admin.connect()
  await admin.query(`CREATE ROLE keyrack_owner LOGIN PASSWORD '${passwords.owner}'`)
  await admin.query(`CREATE ROLE keyrack_app LOGIN PASSWORD '${passwords.app}'`)
  await admin.query('CREATE DATABASE keyrack OWNER keyrack_owner')
  await admin.end()
  const { ownerUrl } = addressesAt(port, passwords)
  await migrate(ownerUrl, path.resolve('prisma', 'migrations'))
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 })
  await checkKeys(pool, parseKeys(key))
  await pool.query(`INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'Of old')`)
  await pool.end()
  await stopServer(place, data)
}

const keyrack = (...args: string[]) => run('bin/keyrack.js', args, { env: { KEYRACK_DATA: dataFolder } })

test('data of PostgreSQL 17 is refused in words, moved by one command, and kept beside', async () => {
  await makeOldData(makeKey('k1'))
  const refused = await keyrack('start')
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining(`is of PostgreSQL ${OLD}; this version of Keyrack brings PostgreSQL ${MAJOR}`) })
  expect(refused.output).toContain('keyrack move-database')

  const moved = await keyrack('move-database')
  expect(moved).toMatchObject({ code: 0, output: expect.stringContaining(`Everything is in PostgreSQL ${MAJOR} now.`) })
  const { folder: place } = await findPostgresPlace(dataFolder)
  expect((await readFile(path.join(place, 'data', 'PG_VERSION'), 'utf8')).trim()).toBe(MAJOR)
  expect((await readFile(path.join(place, `data.of-${OLD}`, 'PG_VERSION'), 'utf8')).trim()).toBe(OLD)
  expect((await keyrack('move-database')).output).toContain('nothing to move')

  const taken = await keyrack('backup', path.join(folder, 'after.keyrack'))
  expect(taken.output).toMatch(/rows of \d+ tables/)
})
