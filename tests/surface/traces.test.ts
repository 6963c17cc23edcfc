import { afterAll, expect, test } from 'vitest'
import { startConsole } from '../console'
import { makeConnection } from '../make-connection'
import { eventually } from '../processes'
import { openTraceReceiver, pathOf } from '../trace-receiver'

const receiver = await openTraceReceiver()
const console_ = await startConsole({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
afterAll(async () => {
  await console_.stop()
  await receiver.close()
})

test('what a page asks for is one trace from the front to Octorate, though the front and Next load every module separately', async () => {
  const { id } = await makeConnection(console_, console_.organization)
  const answer = await console_.fetchAs('owner', `/api/connections/${id}/refresh`, { method: 'POST', body: '{}' })
  expect(answer.status).toBe(200)
  const spans = await eventually(async () => receiver.spans(), (seen) => seen.some(({ name }) => name === 'POST page or endpoint'))
  const paths = spans.map((span) => pathOf(span, spans).join(' < '))
  expect(paths).toContain('octorate refresh < refresh < POST /api/connections/:id/refresh < POST page or endpoint')
})

test('no span is of Next itself, because those hold whole addresses', async () => {
  await console_.fetchAs('owner', '/connections?search=canary-in-the-query')
  await console_.fetchAs(null, '/oauth/callback/canary-client?code=canary-code&state=canary-state')
  const gets = () => receiver.spans().filter(({ name }) => name === 'GET page or endpoint').length
  await eventually(async () => gets(), (count) => count >= 2)
  expect(receiver.raw()).not.toContain('canary-')
})
