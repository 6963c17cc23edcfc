import { expect, test } from 'vitest'
import { db } from '../db'
import { openRig } from '../../tests/runtime'

const rig = await openRig()

test('an instant is stored as it is, though the database lives in another time zone', async () => {
  const [{ name } = { name: '' }] = await rig.database.sql<{ name: string }>('SELECT current_database() AS name')
  await rig.database.sql(`ALTER DATABASE ${name} SET TimeZone TO 'America/St_Johns'`)
  const at = new Date('2026-03-16T09:10:11.360Z')
  const { id } = await db().organization.create({ data: { name: 'St. John’s', createdAt: at } })
  const [row] = await rig.database.sql<{ ms: number }>('SELECT extract(epoch FROM created_at)::float8 * 1000 AS ms FROM organizations WHERE id = $1', [id])
  expect(row?.ms).toBe(at.getTime())
  await db().$executeRaw`UPDATE organizations SET created_at = ${at} WHERE id = ${id}::uuid`
  expect(await db().organization.findUniqueOrThrow({ where: { id } })).toMatchObject({ createdAt: at })
})
