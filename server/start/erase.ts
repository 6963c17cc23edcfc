import path from 'node:path'
import { parseArgs } from 'node:util'
import { reachDatabase } from '../database/reach-database'
import { readEnv } from '../env'
import { erasePerson } from '../erasure/erase-person'
import { eraseProperty } from '../erasure/erase-property'
import { runErasure, type ErasedPart } from '../erasure/run-erasure'
import { AppError } from '../http/app-error'
import { setRuntime } from '../runtime'
import { makeRuntime } from './make-runtime'
import { publicAddress } from './public-address'

interface Command {
  readonly root: string
  /** What was typed behind `erase`. */
  readonly args: readonly string[]
  readonly say: (line: string) => void
}

const USAGE = 'Usage: keyrack erase person EMAIL | property ID   [--yes]'

/**
 * `keyrack erase person EMAIL` and `keyrack erase property ID`: says what would be erased; with `--yes` erases it, also
 * while a console runs.
 *
 * @throws Error with a sentence for whoever typed it
 */
export async function runErase({ root, args, say }: Command): Promise<void> {
  const { noun, subject, isMeant } = readArguments(args)
  const env = readEnv()
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const database = await reachDatabase(env, dataFolder)
  const runtime = makeRuntime({ env, publicUrl: publicAddress(env).url, appUrl: database.appUrl, keys: null, sandbox: null, dataFolder })
  setRuntime(runtime)
  try {
    const parts = await runErasure((tx) => (noun === 'person' ? erasePerson(tx, subject) : eraseProperty(tx, subject)), { isMeant })
    tell(parts, { isMeant, say })
  } catch (error) {
    throw toSentence(error)
  } finally {
    await runtime.pool.end()
    await database.close()
  }
}

function tell(parts: readonly ErasedPart[], { isMeant, say }: { isMeant: boolean; say: (line: string) => void }): void {
  const found = parts.filter(({ rows }) => rows > 0)
  for (const { what, rows } of found) say(`${String(rows).padStart(7)}  ${what}`)
  if (found.every(({ stays }) => stays)) say('Nothing else was found.')
  else say(isMeant ? 'Erased. Backups hold it until they are too old to be kept (docs/data-inventory.md).' : 'Nothing was changed: this is what --yes would erase.')
}

function readArguments(args: readonly string[]): { noun: 'person' | 'property'; subject: string; isMeant: boolean } {
  const { positionals, values } = parse(args)
  const [noun, subject = '', ...more] = positionals
  const text = subject.normalize('NFC').trim()
  if ((noun !== 'person' && noun !== 'property') || text === '' || more.length > 0) throw new Error(USAGE)
  if (noun === 'person' && !text.includes('@')) throw new Error('A person is named by their mail address.')
  return { noun, subject: noun === 'person' ? text.toLowerCase() : text, isMeant: values.yes ?? false }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { yes: { type: 'boolean' } } })
  } catch {
    throw new Error(USAGE)
  }
}

function toSentence(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'last_owner') return error
  return new Error('They are the only owner of an organization. Make somebody else an owner first.')
}
