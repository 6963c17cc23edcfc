import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { findPostgresFolder } from './console-postgres'

const POLL_MS = 50

/** Command lines of the living processes that work on a data folder: the database's and the sandbox's. */
export async function processesOn(dataFolder: string): Promise<string[]> {
  const postgres = await findPostgresFolder(dataFolder)
  const folders = [dataFolder, ...(postgres ? [path.dirname(postgres)] : [])]
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter((line) => folders.some((folder) => line.includes(folder))).map((line) => line.replaceAll('\0', ' ').trim())
}

/** Asks again until the answer is right, at most so long; resolves with the last answer. */
export async function eventually<T>(look: () => Promise<T>, isRight: (value: T) => boolean, withinMs = 15_000): Promise<T> {
  const lastTry = performance.now() + withinMs
  for (;;) {
    const value = await look()
    if (isRight(value) || performance.now() > lastTry) return value
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
