import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import type { KeyRing } from '../crypto/key-ring'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import type { Env } from '../env'
import { keyFile, keySource, type KeySource } from './key-source'

export interface LoadedKeys {
  /** Null when none is configured for a database of your own: the console starts sealed. */
  readonly keys: KeyRing | null
  readonly source: KeySource | null
  /** File that was made now and must be backed up. */
  readonly madeFile: string | null
}

/** The configured keys, or for the embedded database a key made once into the data folder, readable by its owner only. */
export async function loadKeys(env: Env, dataFolder: string): Promise<LoadedKeys> {
  const isOwn = !env.DATABASE_URL && !env.KEYRACK_KEYS && !env.KEYRACK_KEYS_FILE && !env.KEYRACK_KEYS_COMMAND
  const madeFile = isOwn && !existsSync(keyFile(dataFolder)) ? await makeKeyFile(dataFolder) : null
  const source = keySource(env, dataFolder)
  return { keys: source && parseKeys(await source.read()), source, madeFile }
}

async function makeKeyFile(dataFolder: string): Promise<string> {
  const file = keyFile(dataFolder)
  await mkdir(dataFolder, { recursive: true })
  // Whole or not at all, and on the disk before anything is sealed with it.
  await writeFile(`${file}.new`, `${makeKey('k1')}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return file
}
