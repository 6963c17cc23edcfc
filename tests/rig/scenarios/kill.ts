import { CRASH_POINTS, type CrashPoint } from '@/server/crash-point'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { summarize } from '../milliseconds'
import { plant, type Planted } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs, type StoredPair } from '../stored-pairs'

const MODES = ['off', 'rotate-with-grace', 'rotate', 'rotate-with-reuse-detection'] as const
type Mode = (typeof MODES)[number]

/** Between Octorate's new refresh token and our committed journal row: where each use ends its token, only these can lose one. */
const WINDOW: readonly CrashPoint[] = ['sent', 'received', 'sealed']
const MAY_LOSE: readonly Mode[] = ['rotate', 'rotate-with-reuse-detection']

const SIZES = {
  small: { modes: MODES.slice(0, 3), perPoint: 2, rounds: 1, randomKills: 2, perRandomKill: 12, inQuiet: 10 },
  full: { modes: MODES, perPoint: 6, rounds: 10, randomKills: 20, perRandomKill: 30, inQuiet: 200 },
} as const

const DIES_WITHIN_MS = 20_000
/** Longer than a lease, shorter than the time that a grace mode still takes the token before. */
const LEASE_LAPSES_MS = 31_000
/** The first refreshes of a process pay for its start. */
const WARM_UP = 3
const LATEST_RANDOM_MS = 500
const AT_ONCE = { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: '64' }

/**
 * A console is killed by SIGKILL with refreshes at each named step at once, and at random moments; another one goes on.
 * Nothing may be lost, except where every use of a refresh token ends it: there, only what was between Octorate's answer
 * and our commit, and the size of that window is measured.
 */
export const kill: Scenario = async ({ cluster, programs, profile, say }) => {
  const size = SIZES[profile]
  const faults: string[] = []
  const figures: Record<string, unknown> = {}
  for (const mode of size.modes) {
    const rig = await openFaultRig({ cluster, programs })
    try {
      await rig.sandbox.call('PATCH', 'settings', { refreshRotation: mode, refreshEndsAccessToken: true })
      const survivor = await rig.start(AT_ONCE)
      const byPoint = new Map<string, { killed: number; lost: number }>(
        [...CRASH_POINTS, 'random'].map((name) => [name, { killed: 0, lost: 0 }]),
      )
      const count = (name: string, pair: StoredPair) => {
        const before = byPoint.get(name) ?? { killed: 0, lost: 0 }
        byPoint.set(name, { killed: before.killed + 1, lost: before.lost + (pair.refresh === 'live' ? 0 : 1) })
      }
      for (let round = 0; round < size.rounds; round += 1) {
        const planted = await plant(rig, { count: size.perPoint * CRASH_POINTS.length, expired: true })
        const pointOf = new Map(planted.connectionIds.map((id, index) => [id, CRASH_POINTS[index % CRASH_POINTS.length] ?? 'sent']))
        const died = await dieAtPoints(rig, planted, [...pointOf])
        if (!died) faults.push(`${mode}: not every connection came to its point`)
        for (const pair of await recover(rig, survivor, planted)) count(pointOf.get(pair.id) ?? '', pair)
      }
      for (let round = 0; round < size.randomKills; round += 1) {
        const planted = await plant(rig, { count: size.perRandomKill, expired: true })
        await dieAtRandom(rig, planted)
        for (const pair of await recover(rig, survivor, planted)) count('random', pair)
      }
      for (const [name, { killed, lost }] of byPoint) {
        const isUnavoidable = MAY_LOSE.includes(mode) && (name === 'random' || WINDOW.some((point) => point === name))
        if (lost > 0 && !isUnavoidable) faults.push(`${mode}: ${lost} of ${killed} grants lost at "${name}"`)
      }
      figures[mode] = { ...Object.fromEntries(byPoint), windowMs: await measureWindow(rig, size.inQuiet) }
      say(`${mode}: ${JSON.stringify(figures[mode])}`)
    } finally {
      await rig.close()
    }
  }
  return { figures, faults }
}

/** @returns whether every connection was at its point when the process died. */
async function dieAtPoints(rig: FaultRig, planted: Planted, points: readonly (readonly [string, CrashPoint])[]): Promise<boolean> {
  const victim = await rig.start(AT_ONCE)
  await victim.dieAt(points)
  victim.refresh({ organizationId: planted.organizationId, connections: planted.connectionIds }).catch(() => undefined)
  const timer = setTimeout(() => victim.signal('SIGTERM'), DIES_WITHIN_MS)
  const { signal } = await victim.exited.finally(() => clearTimeout(timer))
  return signal === 'SIGKILL'
}

async function dieAtRandom(rig: FaultRig, planted: Planted): Promise<void> {
  await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', count: 0, delayMs: 40, delayAfterMs: 40 })
  const victim = await rig.start(AT_ONCE)
  victim.refresh({ organizationId: planted.organizationId, connections: planted.connectionIds }).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, Math.random() * LATEST_RANDOM_MS))
  await victim.kill()
  await rig.sandbox.clearFaults()
}

/** The leases of the dead lapse, and another process is asked for new tokens. */
async function recover(rig: FaultRig, survivor: ConsoleProcess, planted: Planted): Promise<StoredPair[]> {
  await rig.advance(LEASE_LAPSES_MS)
  await rig.database.sql("UPDATE connections SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL")
  await survivor.refresh({ organizationId: planted.organizationId, connections: planted.connectionIds })
  return inspectPairs(rig, planted.connectionIds)
}

/** From the last byte of an answer to its committed journal row, one refresh at a time. */
async function measureWindow(rig: FaultRig, count: number): Promise<unknown> {
  const { organizationId, connectionIds } = await plant(rig, { count, expired: true })
  const quiet = await rig.start(AT_ONCE)
  for (const id of connectionIds) await quiet.refresh({ organizationId, connections: [id] })
  const { windowsMs } = await quiet.measure()
  await quiet.kill()
  return summarize(windowsMs.slice(WARM_UP))
}
