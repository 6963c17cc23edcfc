import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCluster, type Cluster } from '../cluster'
import { BREAKS, type Break } from './breaks'
import { bundlePrograms, type Programs } from './bundle-programs'
import type { Scenario } from './scenario'
import { databaseRestart } from './scenarios/database-restart'
import { diskFull } from './scenarios/disk-full'
import { freeze } from './scenarios/freeze'
import { hangUp } from './scenarios/hang-up'
import { kill } from './scenarios/kill'
import { migration } from './scenarios/migration'
import { outage } from './scenarios/outage'
import { pool } from './scenarios/pool'
import { quota } from './scenarios/quota'
import { revokedKey } from './scenarios/revoked-key'
import { singleFlight } from './scenarios/single-flight'
import { stoppedHolder } from './scenarios/stopped-holder'
import { topUp } from './scenarios/top-up'
import { CONNECTIONS } from './with-cluster'

let cluster: Cluster
let programs: Programs

beforeAll(async () => {
  ;[cluster, programs] = await Promise.all([startCluster(CONNECTIONS), bundlePrograms()])
})
afterAll(async () => {
  await cluster.close()
  await programs.remove()
})

const say = (line: string) => process.stdout.write(`${line}\n`)
const run = (scenario: Scenario) => scenario({ cluster, programs, profile: 'small', say })

/** The same with one rule taken out of the bundle. */
async function runBroken(scenario: Scenario, broken: Break) {
  const without = await bundlePrograms(broken)
  try {
    return await scenario({ cluster, programs: without, profile: 'small', say })
  } finally {
    await without.remove()
  }
}

describe('the sandbox says', () => {
  test('every expired connection is refreshed once, however many callers of however many processes want it', async () => {
    expect((await run(singleFlight)).faults).toEqual([])
  })

  test('without the lease some are refreshed more than once, so the scenario can tell', async () => {
    const { faults } = await runBroken(singleFlight, BREAKS.lease)
    expect(faults.join()).toMatch(/\d+ refreshes at the sandbox instead of 20/)
  })

  test('a process killed at any of nine steps, or at random, loses no grant, except where each use ends its token and no commit was possible', async () => {
    const { figures, faults } = await run(kill)
    expect(faults).toEqual([])
    // The window is there, or the kills did not hit anything.
    expect(figures).toMatchObject({ rotate: { sent: { lost: 2 }, received: { lost: 2 }, sealed: { lost: 2 }, journalled: { lost: 0 } } })
  })

  test('a database that crashes under load ends no process and loses nothing', async () => {
    expect((await run(databaseRestart)).faults).toEqual([])
  })

  test('a pool of connections that runs dry keeps nobody waiting, and everything goes on when it is not dry any more', async () => {
    expect((await run(pool)).faults).toEqual([])
  })

  test('a disk that is full, the database’s or the spool’s, costs no answer, and room alone mends it', async ({ skip }) => {
    const { faults, skipped } = await run(diskFull)
    if (skipped) skip(skipped)
    expect(faults).toEqual([])
  })

  test('a machine key that is revoked while four processes serve it is refused by all of them within a second', async () => {
    expect((await run(revokedKey)).faults).toEqual([])
  })

  test('an organization that is frozen while four processes hand its tokens out gets none out of any of them two seconds later', async () => {
    expect((await run(freeze)).faults).toEqual([])
  })

  test('a top up is finished by other processes when the one that began it is killed in the middle, and nothing is lost', async () => {
    expect((await run(topUp)).faults).toEqual([])
  })

  // These mostly wait, for leases to lapse or for minutes to pass, so they wait together.
  test.concurrent('a process stopped between an answer and its reading puts nothing old back', async () => {
    expect((await run(stoppedHolder)).faults).toEqual([])
  })

  test.concurrent('without the comparison before the write it does, so the scenario can tell', async () => {
    const { faults } = await runBroken(stoppedHolder, BREAKS.compareAndSet)
    expect(faults.join()).toContain('rotate-with-grace: 10 of 10 stored pairs are not the live ones')
  })

  test.concurrent('whoever hangs up, or tells a console to stop, ends no refresh that was sent', async () => {
    expect((await run(hangUp)).faults).toEqual([])
  })

  test.concurrent('a quota asks no hotelier for anything, and a revoked grant is found out within a minute', async () => {
    expect((await run(quota)).faults).toEqual([])
  })

  test.concurrent('old keys migrate once each while processes are killed, and no token is lost without its line saying so', async () => {
    expect((await run(migration)).faults).toEqual([])
  })

  test.concurrent('after an outage everything is refreshed soon, and never faster than the cap', async () => {
    expect((await run(outage)).faults).toEqual([])
  })
})

test('a break that does not fit its file any more is said so, or it would break nothing', async () => {
  await expect(bundlePrograms({ ...BREAKS.lease, find: 'what is not there' })).rejects.toThrow('does not fit')
})
