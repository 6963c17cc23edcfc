import { existsSync } from 'node:fs'
import path from 'node:path'
import { restoreBackup } from '../backup/restore-backup'
import { takeBackup } from '../backup/take-backup'
import { parseKeys } from '../crypto/parse-keys'
import { reachDatabase } from '../database/reach-database'
import { recordCommand } from '../audit/record-command'
import { readEnv } from '../env'
import { keySource } from './key-source'

interface Command {
  readonly root: string
  /** What was typed behind the command. */
  readonly args: readonly string[]
  /** Folder of the person: file names are relative to it. */
  readonly folder: string
  readonly say: (line: string) => void
}

/**
 * `keyrack backup FILE`: everything that is kept, in one encrypted file, also while a console runs.
 *
 * @throws Error with a sentence for whoever typed it.
 */
export async function runBackup({ root, args, folder, say }: Command): Promise<void> {
  const file = requireFile(args, folder, 'backup')
  if (existsSync(file)) throw new Error(`${file} is there already: a backup never writes over another file.`)
  const { keys, database } = await prepare(root)
  try {
    const figures = await takeBackup({ ownerUrl: database.ownerUrl, keys, file, at: new Date() })
    await recordCommand(database.ownerUrl, 'backup.taken', { rows: figures.rows })
    say(`${figures.rows} rows of ${figures.tables} tables, ${figures.connections} connections among them, are in ${file}.`)
    say('It opens with your keys only: keep a copy of them in another place.')
  } finally {
    await database.close()
  }
}

/**
 * `keyrack restore FILE`, while no console runs.
 *
 * @throws Error with a sentence for whoever typed it; nothing was changed then.
 */
export async function runRestore({ root, args, folder, say }: Command): Promise<void> {
  const file = requireFile(args, folder, 'restore')
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  const { keys, database } = await prepare(root)
  try {
    if (database.isInUse) throw new Error('A console is running on this database: stop it before you restore.')
    const { ownerUrl, appUrl } = database
    const figures = await restoreBackup({ ownerUrl, appUrl, keys, file, migrations: path.join(root, 'prisma', 'migrations') })
    const { takenAt, rows, connections } = figures
    await recordCommand(ownerUrl, 'backup.restored', { takenAt, rows, connections })
    say(`${figures.rows} rows of the backup of ${figures.takenAt} were put in; ${figures.left} were there already.`)
    say(`${figures.connections} connections got tokens from the backup: each is refreshed once before a token of it is handed out.`)
    say('Everybody signs in again. Machine keys and people that were removed since the backup may be back: look through both lists.')
  } finally {
    await database.close()
  }
}

async function prepare(root: string) {
  const env = readEnv()
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const source = keySource(env, dataFolder)
  if (!source) throw new Error('No key is configured: set KEYRACK_KEYS, KEYRACK_KEYS_FILE or KEYRACK_KEYS_COMMAND.')
  const keys = parseKeys(await source.read())
  return { keys, database: await reachDatabase(env, dataFolder) }
}

function requireFile(args: readonly string[], folder: string, command: string): string {
  const [name] = args
  if (args.length !== 1 || !name || name.startsWith('-')) throw new Error(`Usage: keyrack ${command} FILE`)
  return path.resolve(folder, name)
}
