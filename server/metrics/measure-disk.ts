import 'server-only'
import { readdir, statfs } from 'node:fs/promises'
import path from 'node:path'
import { getRuntime } from '../runtime'

/** Bytes that are free where the data folder lies; null while it is not there. */
export async function measureRoom(): Promise<number | null> {
  const facts = await statfs(path.dirname(getRuntime().spoolFolder)).catch(() => null)
  return facts && facts.bavail * facts.bsize
}

/** Answers that wait on this machine for the database. */
export async function countSpooled(): Promise<number> {
  const names = await readdir(getRuntime().spoolFolder).catch(() => [])
  return names.filter((name) => name.endsWith('.answer.json')).length
}
