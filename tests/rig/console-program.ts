import { parseKeys } from '@/server/crypto/parse-keys'
import { db } from '@/server/db'
import { readEnv } from '@/server/env'
import { closerOf } from '@/server/front/close-front'
import { createFront } from '@/server/front/create-front'
import { plainAnswer } from '@/server/front/plain-answer'
import { AppError } from '@/server/http/app-error'
import type { Actor } from '@/server/http/define-handler'
import { requestRefresh, type RefreshSubject } from '@/server/refresh/request-refresh'
import { setRuntime, type Runtime } from '@/server/runtime'
import { makeRuntime } from '@/server/start/make-runtime'
import { runBackground } from '@/server/start/run-background'
import { endCalls, REQUESTS_WITHIN_MS } from '@/server/start/stops'
import { startTopUp } from '@/server/top-ups/start-top-up'
import { CrashPlan } from './crash-plan'
import type { Message, ProcessFacts, Request, Result, Wish } from './protocol'

const WAIT_MS = 40_000
/** Shorter than a statement may take. */
const LONGEST_SLEEP_MS = 5_000

const facts = JSON.parse(process.argv[2] ?? '') as ProcessFacts
const plan = new CrashPlan()
let offsetMs = facts.clockOffsetMs
let work: { stop(): Promise<void> } | null = null

const runtime: Runtime = {
  ...makeRuntime({
    env: readEnv({ ...facts.env, LOG_LEVEL: 'warn' }),
    publicUrl: `http://127.0.0.1:${facts.port}`,
    appUrl: facts.databaseUrl,
    keys: parseKeys(facts.keyText),
    sandbox: { ...facts.sandbox, apiClients: [] },
    dataFolder: facts.dataFolder,
  }),
  clock: () => new Date(Date.now() + offsetMs),
  atCrashPoint: (point, connectionId) => plan.at(point, connectionId),
}
runtime.pool.options.connectionTimeoutMillis = facts.connectWithinMs
setRuntime(runtime)

const front = createFront({ runtime, tls: null, isLoopback: true, next: async (_request, response) => plainAnswer(response, 404, 'No pages here.\n') })
const closeFront = closerOf(front)
await db().organization.count()
front.listen(facts.port, '127.0.0.1', () => tell({ ready: true }))

process.on('message', (request: Request) => {
  fulfil(request.wish).then(
    (result) => tell({ number: request.number, result }),
    (error: unknown) => tell({ number: request.number, error: error instanceof Error ? error.message : 'unknown' }),
  )
})
process.on('disconnect', () => process.exit(0))
process.once('SIGTERM', () => void stop())

function tell(message: Message): void {
  if (process.connected) process.send?.(message)
}

async function fulfil(wish: Wish): Promise<Result> {
  switch (wish.do) {
    case 'start-work':
      work ??= await runBackground({ engine: true, ownerUrl: null })
      return null
    case 'stop-work':
      await work?.stop()
      work = null
      return null
    case 'die-at':
      plan.dieAt(wish.points)
      return null
    case 'set-clock':
      offsetMs = wish.offsetMs
      return null
    case 'top-up':
      await startTopUp(personOf(wish), null)
      return null
    case 'hold':
      await Promise.all(Array.from({ length: wish.connections }, () => holdOne(performance.now() + wish.ms)))
      return null
    case 'refresh':
      return Promise.all(wish.connections.map((id) => refresh({ id, organizationId: wish.organizationId })))
    case 'measure': {
      const { user, system } = process.cpuUsage()
      return { inFlight: plan.inFlight, windowsMs: plan.windowsMs, cpuMs: (user + system) / 1000, memoryMb: process.memoryUsage().rss / 1e6 }
    }
  }
}

/** Whoever asks for one waits behind others, and may be refused: then it is asked for again. */
async function holdOne(until: number): Promise<void> {
  while (performance.now() < until) {
    const client = await runtime.pool.connect().catch(() => null)
    if (!client) continue
    try {
      while (performance.now() < until) await client.query('SELECT pg_sleep($1)', [Math.min(LONGEST_SLEEP_MS, until - performance.now()) / 1000])
    } finally {
      client.release()
    }
  }
}

function personOf({ organizationId, userId }: { organizationId: string; userId: string }): Actor {
  const names = { organizationName: 'Northwind Hotels Software', name: 'Robin', email: 'robin@keyrack.example' }
  return {
    viewer: { userId, sessionId: '', organizationId, role: 'owner', mustEnrol: false, ...names },
    context: { requestId: 'rig', address: '127.0.0.1', userAgent: 'rig' },
  }
}

async function refresh(subject: RefreshSubject): Promise<string> {
  try {
    const outcome = await requestRefresh(subject, { reason: 'hand_out', waitMs: WAIT_MS })
    return outcome.outcome === 'temporarily_unavailable' ? outcome.cause : outcome.outcome
  } catch (error) {
    return error instanceof AppError ? error.code : 'thrown'
  }
}

/** As the console stops: no new request, no new work, then what was sent is waited for. */
async function stop(): Promise<void> {
  await endCalls(async () => {
    await Promise.all([closeFront(REQUESTS_WITHIN_MS), work?.stop()])
  })
  await runtime.pool.end()
  process.exit(0)
}
