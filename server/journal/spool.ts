import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { log } from '../log'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { getRuntime, once } from '../runtime'
import { JOURNAL_ORIGINS, type JournalEntry } from './journal-entry'
import { beginDrain, noteWaiting } from './waiting-answers'

const SUFFIX = '.answer.json'
/** Room for some 250 answers on a disk that is full: an answer is a file, and takes a block of 4 KB as a rule. */
const RESERVE_BYTES = 1 << 20
/** A disk without room, or a user's share of it. */
const FULL = ['ENOSPC', 'EDQUOT']

const entrySchema = z.object({
  id: z.uuid(),
  organizationId: z.uuid(),
  apiClientId: z.uuid(),
  origin: z.enum(JOURNAL_ORIGINS),
  authorizationId: z.uuid().nullable(),
  connectionId: z.uuid().nullable(),
  sentVersion: z.number().int().nullable(),
  answerSealed: z.string(),
  receivedAt: z.iso.datetime().transform((text) => new Date(text)),
})

/**
 * Keeps a sealed answer on this machine's disk, synced before it returns: only for while the database is down. On a full
 * disk, where the embedded database takes nothing either, the room that was set aside is given up for it.
 */
export async function spool(entry: JournalEntry): Promise<void> {
  const folder = getRuntime().spoolFolder
  const file = path.join(folder, `${entry.id}${SUFFIX}`)
  try {
    await write(file, entry)
  } catch (error) {
    if (!isFull(error)) throw error
    const gaveUp = await rm(reserveFile()).then(() => true, () => false)
    if (gaveUp) log().error({ entry: entry.id }, 'the disk is full: token answers take the room that was set aside')
    await write(file, entry)
  }
  const directory = await open(folder, 'r')
  await directory.sync().finally(() => directory.close())
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.some((code) => code === error.code)
}

async function write(file: string, entry: JournalEntry): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  try {
    await writeFile(`${file}.new`, JSON.stringify(entry), { mode: 0o600, flush: true })
    await rename(`${file}.new`, file)
  } catch (error) {
    // What is half-written makes room too.
    await rm(`${file}.new`, { force: true })
    throw error
  }
}

/**
 * Sets room aside for answers that come when the disk is full, unless it is there; beside the spool, so that this stays empty
 * as a rule. What is there of it already is never given up for that: on a full disk others would take it.
 */
export async function keepReserve(): Promise<void> {
  const told = once('room for token answers', () => ({ isMissing: false }))
  try {
    await mkdir(getRuntime().spoolFolder, { recursive: true, mode: 0o700 })
    const { size } = await stat(reserveFile()).catch(() => ({ size: 0 }))
    // Random, for a file system that compresses would keep no room for zeros.
    if (size < RESERVE_BYTES) await writeFile(reserveFile(), randomBytes(RESERVE_BYTES - size), { flag: 'a', mode: 0o600, flush: true })
    if (told.isMissing) log().info('room is set aside again for token answers that come when the disk is full')
    told.isMissing = false
  } catch (err) {
    if (!told.isMissing) log().error({ err }, 'no room could be set aside for token answers that come when the disk is full: make room where the data folder lies')
    told.isMissing = true
  }
}

function reserveFile(): string {
  return `${getRuntime().spoolFolder}.reserve`
}

/**
 * Hands every spooled entry to `adopt` and forgets those that it took. Neither a file that can't be read, which is put
 * aside, nor one that the database does not take keeps the others waiting.
 *
 * @returns the connections whose answers stay: their refresh tokens must not be sent again.
 * @throws what says that the database is away.
 */
export async function drainSpool(adopt: (entry: JournalEntry) => Promise<void>): Promise<ReadonlySet<string>> {
  const folder = getRuntime().spoolFolder
  const endDrain = beginDrain()
  const staying = new Set<string>()
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((entry) => entry.endsWith(SUFFIX)).sort()) {
    const file = path.join(folder, name)
    const entry = await readEntry(file)
    if (!entry) continue
    const isTaken = await adopt(entry).then(() => true, (err: unknown) => refused(name, err))
    if (isTaken) await rm(file, { force: true })
    else if (entry.connectionId) staying.add(entry.connectionId)
  }
  endDrain()
  return staying
}

/** It may be the only copy of a token, so it stays, is tried again, and is told of once. */
function refused(name: string, err: unknown): false {
  if (isDatabaseUnavailable(err)) {
    noteWaiting()
    throw err
  }
  const told = once('spool files that were refused', () => new Set<string>())
  if (!told.has(name)) log().error({ err, file: name }, 'the journal does not take an answer that waits in the spool; it stays there')
  told.add(name)
  return false
}

async function readEntry(file: string): Promise<JournalEntry | null> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return null
    log().error({ err, file: path.basename(file) }, 'a file in the spool could not be read and was put aside')
    await rename(file, `${file}.damaged`)
    return null
  }
}
