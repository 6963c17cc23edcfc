import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { readText } from './read-body'

test('a body that breaks off is a bad request, because a fault of ours would fill the log of faults', async () => {
  const server = createServer()
  const outcome = new Promise<unknown>((resolve) => {
    server.on('request', (arrived) => {
      readText(arrived, 'form').then(resolve, resolve)
      sent.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const sent = request({ host: '127.0.0.1', port, method: 'POST', headers: { 'content-length': 100 } })
  sent.on('error', () => undefined)
  sent.write('client_id=half')
  expect(await outcome).toMatchObject({ code: 'bad_request' })
  server.close()
})
