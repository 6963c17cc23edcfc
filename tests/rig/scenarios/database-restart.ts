import { startCluster } from '../../cluster'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { askForToken, type HandOut } from '../hand-out'
import { summarize } from '../milliseconds'
import { pause } from '../pass-time'
import { plant, type Planted } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs } from '../stored-pairs'
import { readRefreshes } from '../truth'
import { CONNECTIONS } from '../with-cluster'

const SIZES = {
  small: { processes: 2, connections: 20, restarts: 3, betweenMs: 2_500 },
  full: { processes: 4, connections: 200, restarts: 20, betweenMs: 4_000 },
} as const
const CALLERS_PER_PROCESS = 4
const PAUSE_MS = 20
const RECOVERS_WITHIN_MS = 2_000
/** So short that every connection is refreshed again and again. */
const TOKEN_LIFE_MS = 90_000
const SETTLES_MS = 3_000

type Asked = HandOut & { readonly at: number; readonly console: number }

/**
 * PostgreSQL crashes again and again, and in between every connection to it is cut, while back ends ask for tokens and
 * refresh tokens that work once only are used up. No process ends, everybody is served again within two seconds of its
 * return, and nothing is lost: what Octorate answers meanwhile waits in the spool.
 */
export const databaseRestart: Scenario = async ({ programs, profile, say }) => {
  const { processes, connections, restarts, betweenMs } = SIZES[profile]
  const cluster = await startCluster(CONNECTIONS)
  const rig = await openFaultRig({ cluster, programs, connectWithinMs: 2_000 })
  let isOver = false
  try {
    await rig.sandbox.call('PATCH', 'settings', { refreshRotation: 'rotate' })
    const planted = await plant(rig, { count: connections, dueAt: rig.now() })
    await rig.sandbox.call('PATCH', 'settings', { accessTokenLifetimeMs: TOKEN_LIFE_MS })
    await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', delayAfterMs: 300, count: 0 })
    const consoles = await Promise.all(Array.from({ length: processes }, () => rig.start()))
    await Promise.all(consoles.map((each) => each.startWork()))
    const asked: Asked[] = []
    const load = consoles.flatMap((console, index) =>
      Array.from({ length: CALLERS_PER_PROCESS }, () => keepAsking(console, planted, (got) => {
        asked.push({ ...got, at: performance.now(), console: index })
        return isOver
      })),
    )
    const ups: number[] = []
    for (let restart = 0; restart < restarts; restart += 1) {
      await pause(betweenMs)
      await rig.database.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'keyrack'")
      await pause(betweenMs / 2)
      await cluster.restart()
      ups.push(performance.now())
      say(`restart ${restart + 1} of ${restarts}`)
    }
    await pause(betweenMs)
    isOver = true
    await Promise.all(load)
    await pause(SETTLES_MS)
    const exits = consoles.filter(({ isAlive }) => !isAlive).length
    const recoveries = ups.map((up) => recoveryAfter(up, asked, processes))
    const bad = asked.filter(({ status }) => ![200, 503].includes(status))
    const lost = (await findLost(rig, planted.connectionIds)).length
    return {
      figures: {
        processes, connections, restarts, asks: asked.length, answered503: asked.filter(({ status }) => status === 503).length,
        processExits: exits, recoveredMs: summarize(recoveries), askMs: summarize(asked.map(({ ms }) => ms)),
        upstreamRefreshes: (await readRefreshes(rig)).length, lost,
      },
      faults: [
        ...(exits === 0 ? [] : [`${exits} processes ended`]),
        ...(Math.max(...recoveries) <= RECOVERS_WITHIN_MS ? [] : [`recovery took ${Math.round(Math.max(...recoveries))} ms`]),
        ...(bad.length === 0 ? [] : [`${bad.length} other answers: ${[...new Set(bad.map((got) => `${got.status} ${'code' in got ? got.code : ''}`))].join(', ')}`]),
        ...(lost === 0 ? [] : [`${lost} grants lost`]),
      ],
    }
  } finally {
    isOver = true
    await rig.close()
    await cluster.close()
  }
}

/** Refreshes go on meanwhile, and a look may fall into the middle of one: what is lost is lost a moment later too. */
async function findLost(rig: FaultRig, ids: readonly string[]): Promise<string[]> {
  const look = async (those: readonly string[]) => (await inspectPairs(rig, those)).filter(({ refresh }) => refresh !== 'live').map(({ id }) => id)
  const suspects = await look(ids)
  if (suspects.length > 0) await pause(SETTLES_MS)
  return look(suspects)
}

async function keepAsking(console: ConsoleProcess, { machineKey, connectionIds }: Planted, note: (got: HandOut) => boolean): Promise<void> {
  for (;;) {
    const id = connectionIds[Math.floor(Math.random() * connectionIds.length)] ?? ''
    if (note(await askForToken(console, machineKey, id))) return
    await pause(PAUSE_MS)
  }
}

/** Milliseconds from the database's return until every process has handed out a token that was asked for after it. */
function recoveryAfter(up: number, asked: readonly Asked[], processes: number): number {
  const firsts = Array.from({ length: processes }, (_, index) =>
    asked.find((got) => got.console === index && got.status === 200 && got.at - got.ms >= up)?.at ?? Number.POSITIVE_INFINITY,
  )
  return Math.max(...firsts) - up
}
