import { expect, test } from 'vitest'
import { drainSpool } from '../journal/spool'
import { noteWaiting } from '../journal/waiting-answers'
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

test('answers that the database does not take are named, and pages are still read', async () => {
  const front = await openMachineFront()
  noteWaiting()
  const answer = await front.call('GET', '/readyz')
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { status: 'ready', checks: { database: 'ok', migrations: 'ok', keys: 'ok', spool: 'waiting' } }])
  await drainSpool(async () => undefined)
  expect((await front.call('GET', '/readyz')).text).not.toContain('spool')
})
