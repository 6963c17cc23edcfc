import { readFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { runPostgresProgram } from './pg-ctl'
import type { PostgresPlace } from './postgres-place'

/** The port of a server that already runs on this folder: one that outlived a killed process. */
export async function findRunningPort(place: PostgresPlace, data: string): Promise<number | null> {
  const status = await runPostgresProgram(place, 'pg_ctl', ['status', '-D', data])
  if (status.code !== 0) return null
  const port = Number((await readPidFile(data))[3])
  // After a reboot another program may have the number of the process: only who answers is the server.
  return (await answers(port)) ? port : null
}

/** To ask costs the server a new process each time. */
const ASKED_EVERY_MS = 10_000

/**
 * Tells whether a server is there: by its process, and by whether it answers some seconds apart, because a container without
 * an init keeps processes that have ended.
 */
export function watchServer(data: string, port: number): () => Promise<boolean> {
  let answeredAt = -Infinity
  return async () => {
    if (!(await hasProcess(data))) return false
    if (performance.now() - answeredAt < ASKED_EVERY_MS) return true
    if (!(await answers(port))) return false
    answeredAt = performance.now()
    return true
  }
}

async function hasProcess(data: string): Promise<boolean> {
  const pid = Number((await readPidFile(data).catch(() => []))[0])
  if (!(pid > 0)) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's is there as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function readPidFile(data: string): Promise<string[]> {
  return (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

interface Given {
  readonly connections: number
  /** A free one unless given. */
  readonly port?: number
}

/** Starts PostgreSQL on a cluster, on a port of 127.0.0.1 without a Unix socket. @returns the port */
export async function startServer(place: PostgresPlace, data: string, { connections, port: given }: Given): Promise<number> {
  const port = given ?? (await findFreePort())
  const settings = [
    '-c', `port=${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', "unix_socket_directories=''",
    '-c', `max_connections=${connections}`, '-c', 'timezone=UTC', '-c', 'log_min_messages=warning',
  ].join(' ')
  const log = path.join(place.folder, 'postgres.log')
  const started = await runPostgresProgram(place, 'pg_ctl', [
    'start', '-D', data, '-w', '-t', '60', '-l', log, '-o', settings,
  ])
  if (started.code === 0) return port
  const tail = await readFile(log, 'utf8').catch(() => '')
  throw new Error(`The embedded PostgreSQL did not start: ${started.output}\n${tail.slice(-1_000)}`)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Stops it once what is under way has ended, or after half a minute. */
export async function stopServer(place: PostgresPlace, data: string): Promise<void> {
  await runPostgresProgram(place, 'pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w', '-t', '30'])
}
