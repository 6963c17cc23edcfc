import { describe, expect, test } from 'vitest'
import { settleRound } from '../journal/settler'
import { prepareChildren } from '../../tests/child-process'
import { makeConnected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { lapseLeases } from '../../tests/lapse-leases'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const children = await prepareChildren(rig)
const HALF_A_MINUTE_MS = 30_000

describe('one connection in several processes', () => {
  test('is refreshed once, though each of three processes has ten callers for it, in three rounds', async () => {
    const processes = await Promise.all([children.start(), children.start(), children.start()])
    for (let round = 0; round < 3; round += 1) {
      const connected = await makeConnected(rig, await makeActor(), 'gated')
      clock.advance(3_600_000)
      const calls = watchCalls(rig)
      const answer = rig.gate.hold('identity/refresh')
      const callers = Array.from({ length: 10 }, () => connected.subject)
      const asked = processes.map((child) => child.ask({ do: 'refresh', subjects: callers }))
      await answer.reached
      // Whoever does not hold the lease has found out by now, and waits for the one who does.
      await Promise.all(processes.map((child) => child.ask({ do: 'warm-up' })))
      answer.release()
      const outcomes = await Promise.all(asked)
      expect(new Set(outcomes.flat())).toEqual(new Set(['refreshed']))
      expect(calls.count('identity/refresh')).toBe(1)
      expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    }
    for (const child of processes) await child.kill()
  })

  test.each(['off', 'rotate', 'rotate-with-grace', 'rotate-with-reuse-detection'] as const)(
    'keeps the newer pair when a process that stood still wakes up with an older answer (rotation %s)',
    async (refreshRotation) => {
      await sandbox.control.settings.set({ refreshRotation })
      const connected = await makeConnected(rig, await makeActor(), 'gated')
      clock.advance(3_600_000)
      const sleeper = await children.start()
      const answer = rig.gate.hold('identity/refresh')
      const late = sleeper.ask({ do: 'refresh', subjects: [connected.subject] })
      await answer.reached
      sleeper.stop()
      answer.release()
      clock.advance(HALF_A_MINUTE_MS)
      await lapseLeases(rig)
      const quick = await refreshOnce(connected.subject)
      const between = await readStoredTokens(connected.connectionId)
      sleeper.resume()
      await late
      const after = await readStoredTokens(connected.connectionId)
      expect(after.row.accessTokenVersion).toBe(2)
      const isNewer = quick.outcome === 'refreshed'
      // Where the rotation is strict, the sleeper holds the only live pair: then its late answer is adopted.
      expect(isNewer).toBe(refreshRotation === 'off' || refreshRotation === 'rotate-with-grace')
      expect(after.access === between.access).toBe(isNewer)
      const isFamilyDead = refreshRotation === 'rotate-with-reuse-detection'
      const verdict = isFamilyDead ? 'revoked' : 'live'
      expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: verdict, refresh: verdict })
      await settleRound()
      expect((await readStoredTokens(connected.connectionId)).row.state).toBe('connected')
      await sleeper.kill()
    },
  )
})
