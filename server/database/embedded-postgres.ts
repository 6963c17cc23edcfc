import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { takeOwnership, type ClusterOwnership } from './cluster-ownership'
import { keepRunning } from './keep-running'
import { runPostgresProgram } from './pg-ctl'
import { findPostgresPlace, type PostgresPlace } from './postgres-place'
import { findRunningPort, startServer, stopServer, watchServer } from './postgres-server'

const DATABASE = 'keyrack'
const ADMIN = 'keyrack_admin'
/** Of the PostgreSQL inside the npm packages. */
export const MAJOR = '18'
/** Three times what one console takes. */
const CONNECTIONS = 60

interface Passwords {
  readonly admin: string
  readonly owner: string
  readonly app: string
}

export interface EmbeddedPostgres {
  /** For migrations and grants. */
  readonly ownerUrl: string
  /** For the console: no DDL. */
  readonly appUrl: string
  readonly place: PostgresPlace
  /** True when a server left over from a killed process was taken over. */
  readonly tookOver: boolean
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that comes inside the npm packages, with its data under `dataFolder`; makes the cluster, the
 * two roles and the database when they are absent. A server that outlived a killed Keyrack is taken over; one that ends by
 * itself, as it does on a full disk, is started again until it comes up.
 *
 * @param options.connections how many it takes at most
 * @param options.told what is done when the server was found to have ended
 * @throws Error in plain words when another living Keyrack owns the data, or the data is of another major version.
 */
export async function startEmbeddedPostgres(
  dataFolder: string,
  { connections = CONNECTIONS, told = () => undefined }: { readonly connections?: number; readonly told?: () => void } = {},
): Promise<EmbeddedPostgres> {
  const place = await findPostgresPlace(dataFolder)
  const passwords = await readPasswords(dataFolder)
  const data = path.join(place.folder, 'data')
  await makeCluster(place, data, passwords)
  const running = await findRunningPort(place, data)
  const port = running ?? (await startServer(place, data, { connections }))
  const adminUrl = `postgresql://${ADMIN}:${passwords.admin}@127.0.0.1:${port}/postgres`
  let ownership: ClusterOwnership | null = null
  try {
    ownership = await requireOwnership(adminUrl, dataFolder)
    await makeRolesAndDatabase(adminUrl, passwords)
  } catch (error) {
    await ownership?.end()
    // A server that was running before belongs to somebody else.
    if (running === null) await stopServer(place, data)
    throw error
  }
  const { end } = ownership
  const keeper = keepRunning({
    isThere: watchServer(data, port), startAgain: () => startServer(place, data, { connections, port }), end: () => stopServer(place, data), told,
  })
  return {
    ...addressesAt(port, passwords),
    place,
    tookOver: running !== null,
    async stop() {
      await end()
      await keeper.stop()
    },
  }
}

/** The addresses of a server that runs on this folder now, for a command beside a console; null when none does. */
export async function findEmbeddedPostgres(dataFolder: string): Promise<{ ownerUrl: string; appUrl: string } | null> {
  if (!existsSync(path.join(dataFolder, 'postgres.json'))) return null
  const place = await findPostgresPlace(dataFolder)
  const data = path.join(place.folder, 'data')
  const port = existsSync(data) ? await findRunningPort(place, data) : null
  return port === null ? null : addressesAt(port, await readPasswords(dataFolder))
}

export function addressesAt(port: number, { owner, app }: Passwords) {
  const url = (user: string, password: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/${DATABASE}`
  return { ownerUrl: url('keyrack_owner', owner), appUrl: url('keyrack_app', app) }
}

export async function readPasswords(dataFolder: string): Promise<Passwords> {
  const file = path.join(dataFolder, 'postgres.json')
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Passwords
  const make = () => randomBytes(24).toString('base64url')
  const passwords: Passwords = { admin: make(), owner: make(), app: make() }
  await mkdir(dataFolder, { recursive: true })
  const making = `${file}.${make()}`
  await writeFile(making, JSON.stringify(passwords), { mode: 0o600, flush: true })
  // A second start at the same moment finds the first one's passwords: a link never replaces a file.
  await link(making, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(making)
  return JSON.parse(await readFile(file, 'utf8')) as Passwords
}

/** Makes the cluster in a folder beside and renames it, so that a kill in the middle leaves nothing half-made. */
async function makeCluster(place: PostgresPlace, data: string, passwords: Passwords): Promise<void> {
  const versionFile = path.join(data, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const version = (await readFile(versionFile, 'utf8')).trim()
    if (version === MAJOR) return
    throw new Error(
      `The data in ${data} is of PostgreSQL ${version}; this version of Keyrack brings PostgreSQL ${MAJOR}. ` +
        'Move it with "keyrack move-database", which keeps the old data beside the new.',
    )
  }
  const making = `${data}.new`
  await rm(making, { recursive: true, force: true })
  const passwordFile = path.join(place.folder, 'password')
  await writeFile(passwordFile, passwords.admin, { mode: 0o600 })
  if (place.identity) await chown(passwordFile, place.identity.uid, place.identity.gid)
  const made = await runPostgresProgram(place, 'initdb', [
    '-D', making, '-U', ADMIN, `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
    '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions',
  ])
  await rm(passwordFile, { force: true })
  if (made.code !== 0) throw new Error(`The embedded PostgreSQL could not make its data folder:\n${made.output}`)
  await rename(making, data)
}

async function requireOwnership(adminUrl: string, dataFolder: string): Promise<ClusterOwnership> {
  const ownership = await takeOwnership(adminUrl)
  if (ownership) return ownership
  throw new Error(
    `Another Keyrack is already running on ${dataFolder}. Stop it first; to run several on one database, ` +
      'set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL of your own.',
  )
}

async function makeRolesAndDatabase(adminUrl: string, passwords: Passwords): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    for (const [role, password] of [
      ['keyrack_owner', passwords.owner],
      ['keyrack_app', passwords.app],
    ] as const) {
      const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
      if (known.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    }
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER keyrack_owner`)
  } finally {
    await client.end()
  }
}
