import type { ServerResponse } from 'node:http'
import type { Runtime } from '../runtime'

/**
 * `/healthz`: this process answers. `/readyz`: database, migrations and keys are there as well; 503 names what is not.
 */
export async function answerHealth(path: '/healthz' | '/readyz', response: ServerResponse, runtime: Runtime): Promise<void> {
  if (path === '/healthz') return send(response, 200, { status: 'ok' })
  const database = await runtime.pool.query('SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL LIMIT 1').then(
    (answer) => ({ database: 'ok', migrations: answer.rowCount === 1 ? 'ok' : 'missing' }),
    () => ({ database: 'unavailable', migrations: 'unknown' }),
  )
  const checks = { ...database, keys: runtime.keys ? 'ok' : 'sealed' }
  const ready = Object.values(checks).every((state) => state === 'ok')
  return send(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', checks })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}
