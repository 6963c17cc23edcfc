import { describe, expect, test, vi } from 'vitest'
import { refreshOnce } from './refresh-once'
import { settleRound } from '../journal/settler'
import { prepareChildren } from '../../tests/child-process'
import { CA_DEL_LUME, connect, LOCANDA, makeConnected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const children = await prepareChildren(rig)
const HALF_A_MINUTE_MS = 30_000

describe('one connection in several processes', () => {
  test('is refreshed once, though each of three processes has ten callers for it', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const ids = [connected.connectionId, await connect(rig, connected, CA_DEL_LUME)]
    clock.advance(3_600_000)
    const processes = await Promise.all([children.start(), children.start(), children.start()])
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', kind: 'delay', delayMs: 500, count: 0 })
    const calls = watchCalls(rig)
    const callers = ids.flatMap((id) => Array.from({ length: 10 }, () => ({ ...connected.subject, id })))
    const outcomes = (await Promise.all(processes.map((child) => child.ask({ do: 'refresh', subjects: callers })))).flat()
    sandbox.control.faults.clear()
    expect(calls.count('identity/refresh')).toBe(ids.length)
    expect(outcomes.filter((outcome) => !['refreshed', 'refresh_in_progress'].includes(outcome))).toEqual([])
    expect(outcomes.filter((outcome) => outcome === 'refreshed')).toHaveLength(ids.length * 10)
    for (const id of ids) expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
    for (const child of processes) await child.kill()
  })

  test.each(['off', 'rotate', 'rotate-with-grace', 'rotate-with-reuse-detection'] as const)(
    'keeps the newer pair when a process that stood still wakes up with an older answer (rotation %s)',
    async (refreshRotation) => {
      await sandbox.control.settings.set({ refreshRotation })
      const connected = await makeConnected(rig, await makeActor(), LOCANDA)
      const { clientId } = connected.apiClient
      clock.advance(3_600_000)
      const sleeper = await children.start()
      await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId, kind: 'delay', delayAfterMs: 400 })
      const late = sleeper.ask({ do: 'refresh', subjects: [connected.subject] })
      await vi.waitFor(() => expect(sandbox.truthLog({ type: 'token.refreshed', clientId })).toHaveLength(1), { timeout: 5_000, interval: 5 })
      sleeper.stop()
      clock.advance(HALF_A_MINUTE_MS)
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
