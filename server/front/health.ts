import type { ServerResponse } from 'node:http'
import { answersWait } from '../journal/waiting-answers'
import type { Runtime } from '../runtime'

const KEPT = 'what the database answered to health'
const BELIEVED_MS = 1_000

/**
 * `/healthz`: this process answers. `/readyz`: database, migrations and keys are there as well; 503 names what is not. That
 * answers wait which the database does not take, as when its disk is full, is named too: pages are still read then.
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

/** Anybody may ask for it as often as he likes: the database is asked once a second at most. */
function databaseState({ pool, singletons }: Runtime): Promise<DatabaseState> {
  const kept = singletons.get(KEPT) as { readonly atMs: number; readonly state: Promise<DatabaseState> } | undefined
  if (kept && performance.now() - kept.atMs < BELIEVED_MS) return kept.state
  const state = pool.query('SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL LIMIT 1').then(
    (answer): DatabaseState => ({ database: 'ok', migrations: answer.rowCount === 1 ? 'ok' : 'missing' }),
    (): DatabaseState => ({ database: 'unavailable', migrations: 'unknown' }),
  )
  singletons.set(KEPT, { atMs: performance.now(), state })
  return state
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}
