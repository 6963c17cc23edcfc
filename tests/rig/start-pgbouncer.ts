import { execFileSync, spawn } from 'node:child_process'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { findFreePort } from '../console-process'

const PROGRAM = 'pgbouncer'
/** Fewer than the consoles ask for, so that one of PostgreSQL's connections serves many of theirs in turn. */
const SERVER_CONNECTIONS = 8
const STARTS_WITHIN_MS = 20_000
/** What the pool sends with each connection; in transaction mode it is set on the role instead. */
const IGNORED = 'extra_float_digits,statement_timeout,lock_timeout,idle_in_transaction_session_timeout'

export interface Pgbouncer {
  /** The same database, through it. */
  through(databaseUrl: string): string
  stop(): Promise<void>
}

/** Puts pgbouncer in transaction mode before every database of this machine's server, for one role. @throws when it is not installed */
export async function startPgbouncer(databaseUrl: string): Promise<Pgbouncer> {
  const target = new URL(databaseUrl)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-pgbouncer-'))
  const port = await findFreePort()
  const [users, settings] = [path.join(folder, 'users.txt'), path.join(folder, 'pgbouncer.ini')]
  await writeFile(users, `"${decodeURIComponent(target.username)}" "${decodeURIComponent(target.password)}"\n`, { mode: 0o600 })
  const lines = [
    '[databases]', `* = host=127.0.0.1 port=${target.port}`,
    '[pgbouncer]', 'listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir =', 'auth_type = plain', `auth_file = ${users}`,
    'pool_mode = transaction', `default_pool_size = ${SERVER_CONNECTIONS}`, 'max_client_conn = 500', `ignore_startup_parameters = ${IGNORED}`, '',
  ]
  await writeFile(settings, lines.join('\n'), { mode: 0o600 })
  const identity = await anotherUser()
  if (identity) for (const each of [folder, users, settings]) await chown(each, identity.uid, identity.gid)
  const child = spawn(PROGRAM, [settings], { stdio: 'ignore', ...identity })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const through = (url: string) => {
    const address = new URL(url)
    address.port = String(port)
    return address.href
  }
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  // Not the database itself: it is copied for every scenario, while nobody is connected to it.
  await untilAnswered(new URL('/postgres', through(databaseUrl)).href).catch(async (error: unknown) => {
    await stop()
    throw new Error('pgbouncer did not start; is it installed?', { cause: error })
  })
  return { through, stop }
}

/** It refuses to run as root. */
async function anotherUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null
  const idOf = (which: '-u' | '-g') => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function untilAnswered(url: string): Promise<void> {
  const since = performance.now()
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    const error = await client.connect().then(() => null, (reason: unknown) => reason)
    await client.end().catch(() => undefined)
    if (error === null) return
    if (performance.now() - since > STARTS_WITHIN_MS) throw error
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
