import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { KeyRing } from '../crypto/key-ring'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import type { Env } from '../env'

export interface LoadedKeys {
  /** Null when none is configured for a database of your own: the console starts sealed. */
  readonly keys: KeyRing | null
  /** File that was made now and must be backed up. */
  readonly madeFile: string | null
}

/** KEYRACK_KEYS, or for the embedded database a key made once into the data folder, readable by its owner only. */
export async function loadKeys(env: Env, dataFolder: string): Promise<LoadedKeys> {
  if (env.KEYRACK_KEYS) return { keys: parseKeys(env.KEYRACK_KEYS), madeFile: null }
  if (env.DATABASE_URL) return { keys: null, madeFile: null }
  const file = path.join(dataFolder, 'keys')
  if (existsSync(file)) return { keys: parseKeys(await readFile(file, 'utf8')), madeFile: null }
  await mkdir(dataFolder, { recursive: true })
  const text = makeKey('k1')
  // Whole or not at all, and on the disk before anything is sealed with it.
  await writeFile(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return { keys: parseKeys(text), madeFile: file }
}
