import type { ServerResponse } from 'node:http'
import type { Pool } from 'pg'
import { answersWait } from '../journal/waiting-answers'
import type { Runtime } from '../runtime'
import { withinTime } from '../within-time'

const KEPT = 'what the database answered to health'
const BELIEVED_MS = 1_000
const ANSWERS_WITHIN_MS = 1_000

/**
 * `/healthz`: this process answers. `/readyz`: database, migrations and keys are there as well; 503 names what is not. That
 * answers wait which the database does not take, as when its disk is full, is named too: pages are still read then. A
 * database of which this process has no connection free within a second is as good as none to whoever asks for a page.
 */
export async function answerHealth(path: '/healthz' | '/readyz', response: ServerResponse, runtime: Runtime): Promise<void> {
  if (path === '/healthz') return send(response, 200, { status: 'ok' })
  const checks = { ...(await databaseState(runtime)), keys: runtime.keys ? 'ok' : 'sealed' }
  const ready = Object.values(checks).every((state) => state === 'ok')
  return send(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', checks: { ...checks, ...(answersWait() && { spool: 'waiting' }) } })
}

interface DatabaseState {
  readonly database: 'ok' | 'unavailable'
  readonly migrations: 'ok' | 'missing' | 'unknown'
}

const UNAVAILABLE: DatabaseState = { database: 'unavailable', migrations: 'unknown' }

interface Kept {
  readonly atMs: number
  readonly state: Promise<DatabaseState>
  isOver: boolean
}

/**
 * Anybody may ask for it as often as he likes: the database is asked once a second at most, and not again before it has
 * answered, or the questions alone would use its connections up.
 */
async function databaseState({ pool, singletons }: Runtime): Promise<DatabaseState> {
  const last = singletons.get(KEPT) as Kept | undefined
  const kept = last && (!last.isOver || performance.now() - last.atMs < BELIEVED_MS) ? last : ask(pool)
  singletons.set(KEPT, kept)
  const leftMs = kept.atMs + ANSWERS_WITHIN_MS - performance.now()
  return (await withinTime(kept.state, Math.max(0, leftMs))) ?? UNAVAILABLE
}

function ask(pool: Pool): Kept {
  const state = pool.query('SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL LIMIT 1').then(
    (answer): DatabaseState => ({ database: 'ok', migrations: answer.rowCount === 1 ? 'ok' : 'missing' }),
    () => UNAVAILABLE,
  )
  const kept: Kept = { atMs: performance.now(), state, isOver: false }
  void state.then(() => (kept.isOver = true))
  return kept
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}
