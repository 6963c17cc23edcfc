import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Env } from '../env'

const FILE_EVERY_MS = 2_000
const COMMAND_EVERY_MS = 60_000
const COMMAND_WITHIN_MS = 20_000

/** Where the text of the keys comes from, and how often it is looked at again; what comes from a variable never changes. */
export interface KeySource {
  readonly everyMs: number | null
  /** @throws Error in plain words, without the text. */
  read(): Promise<string>
  /** Where it can be read without waiting. */
  readNow?(): string
}

/**
 * The one configured source of keys; without one, the file in the data folder of the embedded database. Null for a
 * database of one's own without any.
 *
 * @throws Error when two are configured.
 */
export function keySource(env: Env, dataFolder: string): KeySource | null {
  const { KEYRACK_KEYS: text, KEYRACK_KEYS_FILE: file, KEYRACK_KEYS_COMMAND: command } = env
  if ([text, file, command].filter(Boolean).length > 1) {
    throw new Error('Set one of KEYRACK_KEYS, KEYRACK_KEYS_FILE and KEYRACK_KEYS_COMMAND, so that it is clear which keys count.')
  }
  if (text) return { everyMs: null, read: async () => text }
  if (file) return fromFile(path.resolve(file), 'KEYRACK_KEYS_FILE')
  if (command) return fromCommand(command)
  return env.DATABASE_URL ? null : fromFile(keyFile(dataFolder), 'The key file')
}

/** The file of the embedded database's keys. */
export function keyFile(dataFolder: string): string {
  return path.join(dataFolder, 'keys')
}

function fromFile(file: string, name: string): KeySource {
  return {
    everyMs: FILE_EVERY_MS,
    async read() {
      if (!existsSync(file)) throw new Error(`${name} does not exist: ${file}`)
      return readFile(file, 'utf8')
    },
    readNow: () => readFileSync(file, 'utf8'),
  }
}

function fromCommand(command: string): KeySource {
  return {
    everyMs: COMMAND_EVERY_MS,
    read: () =>
      new Promise((resolve, reject) => {
        execFile('/bin/sh', ['-c', command], { timeout: COMMAND_WITHIN_MS }, (error, stdout) => {
          // The error itself is kept back: it quotes what was printed, which may be keys.
          if (error) reject(new Error(`KEYRACK_KEYS_COMMAND failed (exit ${error.code ?? error.signal}). Run it by hand to see why.`))
          else resolve(stdout)
        })
      }),
  }
}
