import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll } from 'vitest'
import { makePool } from '@/server/db'
import { makeLogger } from '@/server/log'

const PATIENCE_MS = 20_000

/** A pool whose way to the database can be cut, and mended: connections break off, and new ones are refused. */
export async function openBreakablePool(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const ways = new Map<Socket, Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        ways.delete(client)
        client.destroy()
        upstream.destroy()
      })
    }
    ways.set(client, upstream)
    client.pipe(upstream).pipe(client)
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const throughProxy = new URL(databaseUrl)
  throughProxy.port = String(port)
  const pool = makePool(throughProxy.href, 4, makeLogger('silent'))
  // A busy machine is no database that is away.
  pool.options.connectionTimeoutMillis = PATIENCE_MS
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  /** From now on nothing gets through on the connections that are there, and no socket says so. */
  const hush = () => ways.forEach((upstream, client) => client.unpipe(upstream))
  afterAll(async () => {
    await pool.end()
    if (server.listening) await cut()
  })
  return { pool, cut, hush, mend: () => listen(port) }
}
