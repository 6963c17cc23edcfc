import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startEmbeddedPostgres } from './embedded-postgres'
import { runPostgresProgram } from './pg-ctl'
import { adminUrlOf, makeDataFolder } from '../../tests/postgres-setup'
import { until } from '../../tests/until'

const folder = await makeDataFolder()
const first = await startEmbeddedPostgres(folder)
const adminUrl = await adminUrlOf(folder, first.ownerUrl)
let isStopped = false

afterAll(async () => {
  if (!isStopped) await first.stop()
  await rm(first.place.movedTo ?? folder, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => runPostgresProgram(first.place, 'pg_ctl', [...args, '-D', path.join(first.place.folder, 'data')])

async function countLocks(): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted")).rowCount ?? 0
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function expectSecondRefused(): Promise<void> {
  await expect(startEmbeddedPostgres(folder)).rejects.toThrow(`Another Keyrack is already running on ${folder}`)
  expect((await run('status')).code).toBe(0)
}

test('a second console on the same data is refused, and leaves the server running', expectSecondRefused)

test('it is still refused after the database was restarted, because the first takes its lock again', async () => {
  for (const mode of ['fast', 'immediate']) {
    const { code } = await run('restart', '-m', mode, '-w', '-l', path.join(first.place.folder, 'postgres.log'))
    expect(code).toBe(0)
    await until(async () => expect(await countLocks()).toBe(1))
    await expectSecondRefused()
  }
})

test('a console that has stopped takes no lock any more, so that the next one starts at once', async () => {
  await first.stop()
  isStopped = true
  const next = await startEmbeddedPostgres(folder)
  expect(next.tookOver).toBe(false)
  await next.stop()
})
