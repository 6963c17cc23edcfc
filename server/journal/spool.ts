import 'server-only'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { JOURNAL_ORIGINS, type JournalEntry } from './journal-entry'

const SUFFIX = '.answer.json'

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

/** Keeps a sealed answer on this machine's disk, synced before it returns: only for while the database is down. */
export async function spool(entry: JournalEntry): Promise<void> {
  const folder = getRuntime().spoolFolder
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `${entry.id}${SUFFIX}`)
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify(entry))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  const directory = await open(folder, 'r')
  await directory.sync().finally(() => directory.close())
}

/**
 * Hands every spooled entry to `adopt` and forgets those that it took. A file that can't be read is put aside, so that
 * it does not keep the others waiting.
 */
export async function drainSpool(adopt: (entry: JournalEntry) => Promise<void>): Promise<void> {
  const folder = getRuntime().spoolFolder
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((entry) => entry.endsWith(SUFFIX)).sort()) {
    const file = path.join(folder, name)
    const entry = await readEntry(file)
    if (!entry) continue
    await adopt(entry)
    await rm(file, { force: true })
  }
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
