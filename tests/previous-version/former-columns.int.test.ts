import { afterAll, expect, inject, test } from 'vitest'
import { createTestDatabase } from '../test-database'
import { DATA, ORGANIZATION_ID } from './fixture'

const database = await createTestDatabase(inject('postgres'))
afterAll(() => database.close())

test("the version before can write into today's tables, because processes are replaced one after the other", async () => {
  await database.sql(DATA)
  const counts = await database.sql<{ count: number }>('SELECT count(*)::int AS count FROM connections WHERE organization_id = $1', [ORGANIZATION_ID])
  expect(counts).toEqual([{ count: 2 }])
})
