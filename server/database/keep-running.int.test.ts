import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startEmbeddedPostgres } from './embedded-postgres'
import { runPostgresProgram } from './pg-ctl'
import { makeDataFolder } from '../../tests/postgres-setup'
import { until } from '../../tests/until'

const folder = await makeDataFolder()
let ends = 0
const postgres = await startEmbeddedPostgres(folder, { told: () => (ends += 1) })
let isStopped = false

afterAll(async () => {
  if (!isStopped) await postgres.stop()
  await rm(postgres.place.movedTo ?? folder, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => runPostgresProgram(postgres.place, 'pg_ctl', [...args, '-D', path.join(postgres.place.folder, 'data')])

async function answer(): Promise<unknown> {
  const client = new pg.Client({ connectionString: postgres.appUrl })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query('SELECT 1 AS one')).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

test('a server that has ended is started again at its address, and that is told', async () => {
  expect((await run('stop', '-m', 'immediate')).code).toBe(0)
  await expect(answer()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect(await until(answer)).toEqual([{ one: 1 }])
  expect(ends).toBe(1)
})

test('one that was stopped stays so', async () => {
  await postgres.stop()
  isStopped = true
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  expect((await run('status')).code).not.toBe(0)
  expect(ends).toBe(1)
})
