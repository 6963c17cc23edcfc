import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../console'
import { makeConnection } from '../make-connection'
import { eventually } from '../processes'
import { startFlow } from './samples'

/** What service managers give a process before they kill it. */
const STOP_WITHIN_MS = 10_000

let keyrack: TestConsole

beforeEach(async () => {
  keyrack = await startConsole()
})
afterEach(() => keyrack.stop())

/** SIGTERM, and how that ended. */
async function terminate(): Promise<{ code: number | null; ms: number }> {
  const startedAt = performance.now()
  process.kill(keyrack.process.pid, 'SIGTERM')
  const code = await keyrack.process.exited
  return { code, ms: performance.now() - startedAt }
}

test('a stop lets a callback end whose code was sent, and its connection is stored', async () => {
  await keyrack.sandbox.addFault({ endpoint: 'identity/token', kind: 'delay', delayAfterMs: 5_000 })
  const { organization } = keyrack
  const flow = await startFlow({ keyrack, organization, role: 'owner' })
  const callback = keyrack.fetchWith(`${organization.people.owner.cookie}; ${flow.cookie}`, flow.returnAddress.slice(keyrack.url.length))
  await eventually(() => keyrack.sandbox.truth({ type: 'code.redeemed' }), (codes) => codes.length > 0)
  const ended = terminate()
  expect((await callback).headers.location).toMatch(/\/connections\/[0-9a-f-]{36}$/)
  const { code, ms } = await ended
  expect([code, ms < STOP_WITHIN_MS]).toEqual([0, true])
})

test('a stop is over within ten seconds while Octorate hangs, and connections are open on which nothing comes', async () => {
  await keyrack.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', delayMs: 60_000, count: 0 })
  const { organization } = keyrack
  const { id } = await makeConnection(keyrack, organization)
  const { port } = new URL(keyrack.url)
  const silent = connect(Number(port), '127.0.0.1').on('error', () => undefined)
  const halfSent = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/set-up', headers: { host: new URL(keyrack.url).host, 'content-length': 10 } })
  halfSent.on('error', () => undefined).flushHeaders()
  const refresh = keyrack.fetchAs('owner', `/api/connections/${id}/refresh`, { method: 'POST', body: '{}' }).catch(() => null)
  await eventually(() => keyrack.sql.query('SELECT 1 FROM connections WHERE id = $1 AND lease_until IS NOT NULL', [id]), ({ rowCount }) => rowCount === 1)
  const { code, ms } = await terminate()
  expect([code, ms < STOP_WITHIN_MS]).toEqual([0, true])
  await refresh
  silent.destroy()
})
