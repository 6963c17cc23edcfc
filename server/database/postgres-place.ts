import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { copyPostgresBinaries, findPostgresBinaries } from './postgres-binaries'

const run = promisify(execFile)

/** Where the embedded PostgreSQL lives, and as whom it runs. */
export interface PostgresPlace {
  /** Holds `bin/`, `lib/`, `share/`. */
  readonly native: string
  /** Parent of the cluster's `data` folder and its log. */
  readonly folder: string
  /** Absent when this process is not root: PostgreSQL then runs as ourselves. */
  readonly identity?: { uid: number; gid: number }
  /** Set when binaries and data had to move out of a folder that the database user cannot enter. */
  readonly movedTo?: string
}

/**
 * Decides where the cluster lives. PostgreSQL refuses to run as root, so root hands it to the user `postgres`
 * (made when absent), who must be able to traverse every parent folder of binaries and data; where he cannot,
 * both live under /var/lib/keyrack.
 *
 * @param given binaries of another version than those that came with the packages
 */
export async function findPostgresPlace(dataFolder: string, given?: string): Promise<PostgresPlace> {
  const native = given ?? (await findPostgresBinaries())
  const folder = path.join(dataFolder, 'postgres')
  if (process.getuid?.() !== 0) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return { native, folder }
  }
  const identity = await findPostgresUser()
  await mkdir(dataFolder, { recursive: true })
  await chmod(dataFolder, 0o711)
  if (await canRun(path.join(native, 'bin', 'postgres'), dataFolder, identity)) {
    await giveFolder(folder, identity)
    return { native, folder, identity }
  }
  const key = createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 16)
  const home = path.join('/var/lib/keyrack', key)
  await mkdir(home, { recursive: true, mode: 0o755 })
  const moved = await copyPostgresBinaries(native, path.join('/var/lib/keyrack', `binaries-${await versionOf(native)}`))
  const movedFolder = path.join(home, 'postgres')
  await giveFolder(movedFolder, identity)
  return { native: moved, folder: movedFolder, identity, movedTo: home }
}

async function giveFolder(folder: string, identity: { uid: number; gid: number }): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chown(folder, identity.uid, identity.gid)
}

async function findPostgresUser(): Promise<{ uid: number; gid: number }> {
  const found = await readPostgresUser()
  if (found) return found
  await run('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres'])
  const made = await readPostgresUser()
  if (!made) throw new Error('PostgreSQL cannot run as root, and the system user "postgres" could not be made.')
  return made
}

async function readPostgresUser(): Promise<{ uid: number; gid: number } | null> {
  const passwd = await readFile('/etc/passwd', 'utf8')
  const line = passwd.split('\n').find((entry) => entry.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

async function canRun(binary: string, dataFolder: string, identity: { uid: number; gid: number }): Promise<boolean> {
  try {
    await run(binary, ['--version'], { ...identity, cwd: '/' })
    await run('/bin/sh', ['-c', 'cd "$1"', 'sh', dataFolder], { ...identity, cwd: '/' })
    return true
  } catch {
    return false
  }
}

async function versionOf(native: string): Promise<string> {
  const { stdout } = await run(path.join(native, 'bin', 'postgres'), ['--version'])
  return stdout.trim().replace(/[^0-9.]+/g, '')
}
