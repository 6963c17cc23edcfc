import { expect, test } from 'vitest'
import { openMachineFront } from '../../tests/machine-front'
import { openRig } from '../../tests/runtime'
import { watchPool } from '../../tests/watched-pool'

const rig = await openRig()
const { pool, count } = watchPool(rig.runtime.pool)

test('the database is asked once a second at most, however often anybody asks whether Keyrack is ready', async () => {
  const front = await rig.asAnotherProcess(() => openMachineFront(), { pool })
  const answers = await Promise.all(Array.from({ length: 20 }, () => front.call('GET', '/readyz')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  // Twenty answers may take longer than a second on a machine that is busy.
  expect(count('_prisma_migrations')).toBeGreaterThan(0)
  expect(count('_prisma_migrations')).toBeLessThan(20)
})
