import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A folder that one sandbox at a time keeps its state in. */
export type DataFolder = {
  readonly truthPath: string
  readonly checkpointPath: string
  /** 32 bytes from which the keys of the tokens are derived */
  readonly masterKey: Buffer
  release(): void
}

/**
 * Takes a data folder, making it when absent (mode 0700).
 * @throws Error when another running process holds it.
 */
export function takeDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  const lockPath = join(path, 'lock')
  lock(lockPath, path)
  return {
    truthPath: join(path, 'truth.jsonl'),
    checkpointPath: join(path, 'checkpoint.json'),
    masterKey: readMasterKey(join(path, 'key')),
    release: () => rmSync(lockPath, { force: true }),
  }
}

function readMasterKey(path: string): Buffer {
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new Error(`${path} does not hold a key of 32 bytes. Move the data folder away to start afresh.`)
  return key
}

/** The lock names its process by id and start time, because after a crash the id may belong to somebody else. */
function lock(lockPath: string, folder: string): void {
  const me = `${process.pid} ${startTime(process.pid)}`
  try {
    writeFileSync(lockPath, me, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    const [pid = '', started = ''] = readFileSync(lockPath, 'utf8').split(' ')
    if (isRunning(Number(pid)) && startTime(Number(pid)) === started) {
      throw new Error(`${folder} is in use by process ${pid}. Stop that sandbox, or choose another --data folder.`, { cause: error })
    }
    writeFileSync(lockPath, me, { mode: 0o600 })
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

/** Ticks between the machine's start and the process's, from /proc; empty where there is no /proc. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
