import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCluster, type Cluster } from '../cluster'
import { bundlePrograms, type Programs } from './bundle-programs'
import type { Scenario } from './scenario'
import { kill } from './scenarios/kill'
import { revokedKey } from './scenarios/revoked-key'
import { stoppedHolder } from './scenarios/stopped-holder'

let cluster: Cluster
let programs: Programs

beforeAll(async () => {
  ;[cluster, programs] = await Promise.all([startCluster(), bundlePrograms()])
})
afterAll(async () => {
  await cluster.close()
  await programs.remove()
})

const run = (scenario: Scenario) => scenario({ cluster, programs, profile: 'small', say: (line) => process.stdout.write(`${line}\n`) })

describe('the sandbox is the judge', () => {
  test('a process killed at any of nine steps, or at random, loses no grant, except where each use ends its token and no commit was possible', async () => {
    const { figures, faults } = await run(kill)
    expect(faults).toEqual([])
    // The window is there, or the kills did not hit anything.
    expect(figures).toMatchObject({ rotate: { sent: { lost: 2 }, received: { lost: 2 }, sealed: { lost: 2 }, journalled: { lost: 0 } } })
  })
  test('a process stopped between the answer and its reading puts nothing old back when it goes on, and loses nothing new', async () => {
    expect((await run(stoppedHolder)).faults).toEqual([])
  })
  test('a machine key that is revoked while four processes serve it is refused by all of them within a second', async () => {
    expect((await run(revokedKey)).faults).toEqual([])
  })
})
