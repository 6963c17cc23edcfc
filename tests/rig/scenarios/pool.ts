import { eventually } from '../../processes'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { holdTable } from '../hold-table'
import { summarize } from '../milliseconds'
import { pause } from '../pass-time'
import { plant, type Planted } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs, isLive } from '../stored-pairs'
import { countRefused, readRefreshes } from '../truth'
import { watchHealth, type HealthSample } from '../watch-health'

/** How fast it is, is judged by the full profile alone, on a quiet machine. */
const SIZES = {
  small: { tolerated: Number.POSITIVE_INFINITY, callers: 60, connections: 60, due: 10, cycles: 1, heldMs: 3_000, dryMs: 2_500, lockMs: [2_000, 6_000], freeMs: 3_000 },
  /** Ten minutes. */
  full: { tolerated: 1, callers: 300, connections: 300, due: 50, cycles: 14, heldMs: 12_000, dryMs: 3_000, lockMs: [3_000, 6_000], freeMs: 6_000 },
} as const
const POOL_SIZE = 5
/** Half of the console's own, so that more are refused. */
const CONNECT_WITHIN_MS = 1_000
/** What each burst of locks lies upon: every hand-out writes the first, and everything reads or writes the second. */
const LOCKED = ['hand_out_batches', 'connections'] as const
/** One caller in so many asks for a list. */
const LISTS = 20
const PAUSE_MS = 200
/** So short that they are refreshed again and again. */
const TOKEN_LIFE_MS = 60_000
const SERVED_WITHIN_MS = 1_500
/** What sticks in a lock is given up by the database after five seconds, and may have waited for its connection before. */
const ANSWERED_WITHIN_MS = 8_000
const HEALTH_WITHIN_MS = 1_500
const RECOVERS_WITHIN_MS = 2_000
const WARMS_UP_MS = 3_000
const REFRESHED_WITHIN_MS = 20_000

type Phase = 'warm-up' | 'free' | 'held' | 'dry' | 'locked'

interface Asked {
  readonly phase: Phase
  /** Milliseconds of the phase that were over when it was asked. */
  readonly intoMs: number
  /** Whether it was answered before the next phase began. */
  readonly isWithin: boolean
  readonly status: number
  readonly hasRetryAfter: boolean
  readonly code: string
  readonly ms: number
}

/**
 * A console with five connections and hundreds of callers loses four of them, then all, then those that stick in locks of
 * somebody else, again and again. Whoever is served is served soon, everybody else is told to come back, health says how it
 * is, nothing stands still afterwards, and no refresh is lost.
 */
export const pool: Scenario = async ({ cluster, programs, profile, say }) => {
  const size = SIZES[profile]
  const rig = await openFaultRig({ cluster, programs, connectWithinMs: CONNECT_WITHIN_MS })
  const isOver = new AbortController()
  try {
    await rig.sandbox.call('PATCH', 'settings', { refreshRotation: 'rotate' })
    const planted = await plant(rig, { count: size.connections })
    const due = await plant(rig, { count: size.due, dueAt: rig.now() })
    await rig.sandbox.call('PATCH', 'settings', { accessTokenLifetimeMs: TOKEN_LIFE_MS })
    await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', delayAfterMs: 300, count: 0 })
    const console = await rig.start({ DATABASE_POOL: String(POOL_SIZE) })
    await console.startWork()
    const asked: Asked[] = []
    let now: { readonly phase: Phase; readonly at: number } = { phase: 'warm-up', at: performance.now() }
    const enter = async (phase: Phase, work: Promise<unknown>) => {
      now = { phase, at: performance.now() }
      await work
    }
    const callers = Array.from({ length: size.callers }, (_, index) => keepAsking(console, planted, { index, isOver: isOver.signal, phase: () => now, all: asked }))
    // Whoever comes first to a process waits for its code: that is not what is measured.
    await pause(WARMS_UP_MS)
    const health = watchHealth(console, () => now)
    for (let cycle = 0; cycle < size.cycles; cycle += 1) {
      await enter('held', console.hold({ connections: POOL_SIZE - 1, ms: size.heldMs }))
      await enter('dry', console.hold({ connections: POOL_SIZE, ms: size.dryMs }))
      await enter('free', pause(size.freeMs))
      for (const [index, table] of LOCKED.entries()) {
        await enter('locked', holdTable(rig.database.ownerUrl, table, size.lockMs[(cycle + index) % size.lockMs.length] ?? 0))
        await enter('free', pause(size.freeMs))
      }
      say(`${cycle + 1} of ${size.cycles}: ${asked.length} asked`)
    }
    isOver.abort()
    await Promise.all(callers)
    const samples = await health.stop()
    const overdue = await eventually(() => countOverdue(rig, due), (left) => left === 0, REFRESHED_WITHIN_MS)
    await console.stopWork()
    const [leftOpen] = await rig.database.sql<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'keyrack' AND state LIKE 'idle in transaction%' AND state_change < now() - interval '1 second'",
    )
    const pairs = await inspectPairs(rig, [...planted.connectionIds, ...due.connectionIds])
    const lost = pairs.filter((pair) => !isLive(pair)).length
    const failing = pairs.filter(({ state }) => state !== 'connected').length
    const [refreshes, refused] = [(await readRefreshes(rig)).length, await countRefused(rig)]
    return {
      figures: {
        pool: POOL_SIZE, callers: size.callers, cycles: size.cycles, connectWithinMs: CONNECT_WITHIN_MS, asks: asked.length,
        ...Object.fromEntries((['free', 'held', 'dry', 'locked'] as const).map((phase) => [phase, figuresOf(asked.filter((each) => each.phase === phase))])),
        servedMs: summarize(served(asked)), refusedMs: summarize(asked.filter(({ status }) => status === 503).map(({ ms }) => ms)),
        health: { asks: samples.length, ms: summarize(samples.map(({ ms }) => ms)), notReadyWhileDry: samples.filter(({ phase, status }) => phase === 'dry' && status === 503).length },
        upstreamRefreshes: refreshes, refusedRefreshes: refused, lost, processExits: console.isAlive ? 0 : 1,
      },
      faults: [
        ...faultsOfAnswers(asked, size.tolerated), ...faultsOfHealth(samples, size.tolerated),
        ...(console.isAlive ? [] : [`the process ended: ${console.output().slice(-500)}`]),
        ...(overdue === 0 ? [] : [`${overdue} connections are overdue ${REFRESHED_WITHIN_MS / 1000} s later`]),
        ...(leftOpen?.count === 0 ? [] : [`${leftOpen?.count} connections are idle in a transaction`]),
        ...(lost === 0 ? [] : [`${lost} stored pairs are not the live ones`]),
        ...(failing === 0 ? [] : [`${failing} connections are not connected`]),
        ...(refused === 0 ? [] : [`${refused} refreshes were refused: a token was sent twice`]),
        ...(refreshes >= size.due * size.cycles ? [] : [`${refreshes} refreshes of ${size.due} connections in ${size.cycles} cycles`]),
      ],
    }
  } finally {
    isOver.abort()
    await rig.close()
  }
}

interface Caller {
  readonly index: number
  readonly isOver: AbortSignal
  readonly phase: () => { readonly phase: Phase; readonly at: number }
  readonly all: Asked[]
}

async function keepAsking(console: ConsoleProcess, { machineKey, connectionIds }: Planted, { index, isOver, phase, all }: Caller): Promise<void> {
  await pause(Math.random() * PAUSE_MS)
  for (let turn = 0; !isOver.aborted; turn += 1) {
    const id = connectionIds[(index + turn) % connectionIds.length] ?? ''
    const path = index % LISTS === 0 ? 'connections?limit=20' : `connections/${id}/access-token`
    const began = performance.now()
    const asked = phase()
    const got = await fetch(`${console.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${machineKey}` } }).then(
      async (response) => ({ status: response.status, hasRetryAfter: response.headers.has('retry-after'), code: codeIn(await response.json()) }),
      () => ({ status: 0, hasRetryAfter: false, code: 'no_answer' }),
    )
    if (asked.phase !== 'warm-up') all.push({ ...got, phase: asked.phase, intoMs: began - asked.at, isWithin: phase() === asked, ms: Math.round(performance.now() - began) })
    await pause(PAUSE_MS)
  }
}

function codeIn(body: unknown): string {
  return (body as { code?: string }).code ?? ''
}

const served = (asked: readonly Asked[]) => asked.filter(({ status }) => status === 200).map(({ ms }) => ms)

function figuresOf(asked: readonly Asked[]) {
  return { asks: asked.length, answered503: asked.filter(({ status }) => status === 503).length, servedMs: summarize(served(asked)) }
}

function faultsOfAnswers(asked: readonly Asked[], tolerated: number): string[] {
  const wrong = asked.filter(({ status, hasRetryAfter }) => status !== 200 && !(status === 503 && hasRetryAfter))
  const late = asked.filter(({ ms }) => ms > ANSWERED_WITHIN_MS)
  const recovering = asked.filter(({ phase, intoMs, isWithin, status }) => phase === 'free' && isWithin && intoMs > RECOVERS_WITHIN_MS * tolerated && status !== 200)
  const slow = (['held', 'all'] as const).flatMap((which) => {
    const p99 = summarize(served(which === 'all' ? asked : asked.filter(({ phase }) => phase === which)))?.p99
    return p99 !== undefined && p99 <= SERVED_WITHIN_MS * tolerated ? [] : [`p99 of the served ones (${which}) is ${p99} ms`]
  })
  return [
    ...(wrong.length === 0 ? [] : [`${wrong.length} other answers: ${[...new Set(wrong.map(({ status, code }) => `${status} ${code}`))].join(', ')}`]),
    ...(late.length === 0 ? [] : [`${late.length} answers took longer than ${ANSWERED_WITHIN_MS} ms`]),
    ...(recovering.length === 0 ? [] : [`${recovering.length} were refused later than ${RECOVERS_WITHIN_MS} ms after it was over: ${[...new Set(recovering.map(({ code }) => code))].join(', ')}`]),
    ...slow,
  ]
}

/** Truthful: alive always, not ready at least once in each dry time, and ready again when it is over. */
function faultsOfHealth(samples: readonly HealthSample[], tolerated: number): string[] {
  const dead = samples.filter(({ path, status }) => path === '/healthz' && status !== 200)
  const ready = samples.filter(({ path }) => path === '/readyz')
  const late = samples.filter(({ ms }) => ms > HEALTH_WITHIN_MS * tolerated)
  const lied = ready.filter(({ phase, intoMs, isWithin, status }) => phase === 'free' && isWithin && intoMs > RECOVERS_WITHIN_MS * tolerated && status !== 200)
  const odd = ready.filter(({ status }) => status !== 200 && status !== 503)
  return [
    ...(dead.length === 0 ? [] : [`/healthz said ${dead[0]?.status} ${dead.length} times`]),
    ...(ready.some(({ phase, status }) => phase === 'dry' && status === 503) ? [] : ['/readyz never said that the pool is dry']),
    ...(lied.length + odd.length === 0 ? [] : [`/readyz said ${lied.length} times that all is not well when it was, and ${odd.length} times something else`]),
    ...(late.length === 0 ? [] : [`health took longer than ${HEALTH_WITHIN_MS} ms ${late.length} times, at most ${Math.max(...late.map(({ ms }) => ms))}`]),
  ]
}

async function countOverdue({ database, now }: FaultRig, { connectionIds }: Planted): Promise<number> {
  const [row] = await database.sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM connections WHERE id = ANY ($1::uuid[]) AND (next_refresh_at <= $2 OR next_refresh_at IS NULL)', [connectionIds, now()],
  )
  return row?.count ?? 0
}
