import type { ConsoleProcess } from '../console-process'
import { eachConcurrently } from '../each-concurrently'
import { openFaultRig } from '../fault-rig'
import { summarize } from '../milliseconds'
import { pause } from '../pass-time'
import { plant } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs } from '../stored-pairs'
import { readRefreshes } from '../truth'

const SIZES = { small: { aborts: 50, stops: 1 }, full: { aborts: 500, stops: 10 } } as const
const UPSTREAM_MS = 2_000
const LATEST_ABORT_MS = 2_500
const AT_ONCE = 50
const ENDS_WITHIN_MS = 10_000
const SETTLES_MS = 3_000
const ENV = { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: '64' }

/**
 * Callers hang up while their refresh is under way, and consoles are told to stop under load, with refresh tokens that
 * work once. What was sent is finished all the same.
 */
export const hangUp: Scenario = async ({ cluster, programs, profile }) => {
  const { aborts, stops } = SIZES[profile]
  const rig = await openFaultRig({ cluster, programs })
  try {
    await rig.sandbox.call('PATCH', 'settings', { refreshRotation: 'rotate' })
    await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', delayMs: UPSTREAM_MS / 2, delayAfterMs: UPSTREAM_MS / 2, count: 0 })
    const left = await plant(rig, { count: aborts, expired: true })
    const console = await rig.start(ENV)
    await eachConcurrently(left.connectionIds, AT_ONCE, (id) => ask(console, { id, key: left.machineKey, withinMs: Math.random() * LATEST_ABORT_MS }))
    await pause(UPSTREAM_MS + SETTLES_MS)
    const sentForAborts = (await readRefreshes(rig)).length
    const stopped = await plant(rig, { count: stops * AT_ONCE, expired: true })
    const stopsMs: number[] = []
    const codes = new Set<number | null>()
    for (let round = 0; round < stops; round += 1) {
      const victim = await rig.start(ENV)
      const asked = stopped.connectionIds.slice(round * AT_ONCE, (round + 1) * AT_ONCE)
      for (const id of asked) void ask(victim, { id, key: stopped.machineKey, withinMs: ENDS_WITHIN_MS })
      await pause(Math.random() * UPSTREAM_MS)
      const startedAt = performance.now()
      victim.signal('SIGTERM')
      codes.add((await victim.exited).code)
      stopsMs.push(performance.now() - startedAt)
    }
    const lost = (await inspectPairs(rig, [...left.connectionIds, ...stopped.connectionIds])).filter(({ refresh }) => refresh !== 'live').length
    const slowest = Math.max(...stopsMs)
    return {
      figures: { aborts, refreshedAllTheSame: sentForAborts, stops, stopMs: summarize(stopsMs), lost },
      faults: [
        ...(lost === 0 ? [] : [`${lost} grants lost`]),
        ...(sentForAborts > aborts / 2 ? [] : [`only ${sentForAborts} refreshes were sent for ${aborts} callers who hung up`]),
        ...(slowest <= ENDS_WITHIN_MS ? [] : [`a stop took ${Math.round(slowest)} ms`]),
        ...([...codes].every((code) => code === 0) ? [] : [`ended with ${[...codes].join(', ')}`]),
      ],
    }
  } finally {
    await rig.close()
  }
}

/** Asks for a token, and hangs up after so long. */
async function ask(console: ConsoleProcess, { id, key, withinMs }: { id: string; key: string; withinMs: number }): Promise<void> {
  const signal = AbortSignal.timeout(Math.ceil(withinMs))
  await fetch(`${console.url}/api/v1/connections/${id}/access-token`, { headers: { authorization: `Bearer ${key}` }, signal })
    .then((response) => response.arrayBuffer())
    .catch(() => undefined)
}
