import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import { expect, test } from 'vitest'
import { isDatabaseUnavailable } from './is-database-unavailable'

/** What Prisma's driver itself throws when a statement is sent to this port. */
async function errorAt(port: number): Promise<unknown> {
  const adapter = await new PrismaPg({ host: '127.0.0.1', port, user: 'nobody', database: 'none' }).connect()
  try {
    return await adapter.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] }).catch((error: unknown) => error)
  } finally {
    await adapter.dispose()
  }
}

async function listen(answer: (socket: Socket) => void): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => answer(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

const portOf = (server: net.Server) => (server.address() as AddressInfo).port

test('a connection that the server resets, for which the driver has no code, is a database that is away', async () => {
  const server = await listen((socket) => socket.resetAndDestroy())
  const error = await errorAt(portOf(server))
  server.close()
  expect(error).toMatchObject({ name: 'DriverAdapterError', cause: { kind: 'ConnectionClosed' } })
  expect(isDatabaseUnavailable(error)).toBe(true)
})

test('so is a server that is not there', async () => {
  const server = await listen(() => undefined)
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  const error = await errorAt(port)
  expect(error).toMatchObject({ name: 'DriverAdapterError', cause: { kind: 'DatabaseNotReachable' } })
  expect(isDatabaseUnavailable(error)).toBe(true)
})

test('a statement that the database refused is not', () => {
  expect(isDatabaseUnavailable({ name: 'DriverAdapterError', cause: { kind: 'UniqueConstraintViolation', originalCode: '23505' } })).toBe(false)
  expect(isDatabaseUnavailable(new TypeError('x is not a function'))).toBe(false)
})
