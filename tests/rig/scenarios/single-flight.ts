import { eachConcurrently } from '../each-concurrently'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig } from '../fault-rig'
import { askForToken } from '../hand-out'
import { summarize } from '../milliseconds'
import { plant, type Planted } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs, isLive } from '../stored-pairs'
import { readRefreshes } from '../truth'

const SIZES = {
  small: { processes: 4, callers: 5, connections: 20, slowestMs: 3_000 },
  full: { processes: 4, callers: 50, connections: 200, slowestMs: 15_000 },
} as const
const FASTEST_MS = 100
const ASKS_AT_MOST = 20

/**
 * All access tokens have expired; every caller of every process wants all of them, each in its own order, from an
 * upstream that takes from a tenth of a second to a quarter of a minute. Each connection is refreshed once, and nobody
 * goes away without a token.
 */
export const singleFlight: Scenario = async ({ cluster, programs, profile, say }) => {
  const { processes, callers, connections, slowestMs } = SIZES[profile]
  const rig = await openFaultRig({ cluster, programs })
  try {
    const consoles = await Promise.all(Array.from({ length: processes }, () => rig.start()))
    const planted = await plant(rig, { count: connections, expired: true })
    for (let rule = 0; rule < connections; rule += 1) {
      const delayMs = Math.round(FASTEST_MS + Math.random() * (slowestMs - FASTEST_MS))
      await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', delayMs })
    }
    say(`${processes} processes, ${callers} callers each, ${connections} connections …`)
    const asked = consoles.flatMap((console) => Array.from({ length: callers }, () => walk(console, planted)))
    const walks = await Promise.all(asked)
    const refreshes = await readRefreshes(rig)
    const given = new Set(walks.flatMap(({ tokens }) => [...tokens]))
    const issued = new Set(refreshes.map(({ accessToken }) => accessToken))
    const failed = walks.reduce((sum, { failures }) => sum + failures.length, 0)
    const cameBack = walks.reduce((sum, { toldToComeBack }) => sum + toldToComeBack, 0)
    const dead = (await inspectPairs(rig, planted.connectionIds)).filter((pair) => !isLive(pair)).length
    const faults = [
      ...(refreshes.length === connections ? [] : [`${refreshes.length} refreshes at the sandbox instead of ${connections}`]),
      ...(failed === 0 ? [] : [`${failed} asks ended without a token: ${[...new Set(walks.flatMap(({ failures }) => failures))].join(', ')}`]),
      ...([...given].every((token) => issued.has(token)) ? [] : ['a token was handed out that the refreshes did not bring']),
      ...(dead === 0 ? [] : [`${dead} stored pairs are not the live ones`]),
    ]
    return {
      figures: {
        processes, callersPerProcess: callers, connections, upstreamMs: [FASTEST_MS, slowestMs],
        asks: processes * callers * connections, upstreamRefreshes: refreshes.length, failed, toldToComeBack: cameBack,
        waitedMs: summarize(walks.flatMap(({ waitsMs }) => waitsMs)),
      },
      faults,
    }
  } finally {
    await rig.close()
  }
}

/** One caller asks for every connection, beginning anywhere, and comes back when it is told to. */
async function walk(console: ConsoleProcess, { machineKey, connectionIds }: Planted) {
  const first = Math.floor(Math.random() * connectionIds.length)
  const order = [...connectionIds.slice(first), ...connectionIds.slice(0, first)]
  const result = { tokens: new Set<string>(), failures: [] as string[], toldToComeBack: 0, waitsMs: [] as number[] }
  await eachConcurrently(order, 1, async (id) => {
    const startedAt = performance.now()
    for (let ask = 1; ; ask += 1) {
      const got = await askForToken(console, machineKey, id)
      if ('token' in got) {
        result.tokens.add(got.token.accessToken)
        if (got.token.expiresIn <= 0) result.failures.push('expired')
        break
      }
      if (got.retryAfterSeconds === null || ask === ASKS_AT_MOST) {
        result.failures.push(`${got.status} ${got.code}`)
        break
      }
      result.toldToComeBack += 1
      await new Promise((resolve) => setTimeout(resolve, (got.retryAfterSeconds ?? 1) * 1000))
    }
    result.waitsMs.push(performance.now() - startedAt)
  })
  return result
}
