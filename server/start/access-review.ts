import path from 'node:path'
import { parseArgs } from 'node:util'
import { reviewAccess } from '../access-review/review-access'
import { reachDatabase } from '../database/reach-database'
import { db } from '../db'
import { readEnv } from '../env'
import { setRuntime } from '../runtime'
import { makeRuntime } from './make-runtime'
import { publicAddress } from './public-address'

interface Command {
  readonly root: string
  /** What was typed behind `access-review`. */
  readonly args: readonly string[]
  readonly say: (line: string) => void
}

const USAGE = 'Usage: keyrack access-review [--organization ID]   (CSV on standard output)'

/**
 * `keyrack access-review`: who and what has access, as CSV, also while a console runs.
 *
 * @throws Error with a sentence for whoever typed it
 */
export async function runAccessReview({ root, args, say }: Command): Promise<void> {
  const wanted = readOrganization(args)
  const env = readEnv()
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const database = await reachDatabase(env, dataFolder)
  const runtime = makeRuntime({ env, publicUrl: publicAddress(env).url, appUrl: database.appUrl, keys: null, sandbox: null, dataFolder })
  setRuntime(runtime)
  try {
    const csv = await reviewAccess(await findOrganization(wanted), runtime.clock())
    say(csv.trimEnd())
  } finally {
    await runtime.pool.end()
    await database.close()
  }
}

async function findOrganization(wanted: string | undefined): Promise<string> {
  const organizations = await db().organization.findMany({ select: { id: true, name: true }, orderBy: { createdAt: 'asc' } })
  const [only, ...others] = organizations
  const found = wanted === undefined && others.length === 0 ? only : organizations.find(({ id }) => id === wanted)
  if (found) return found.id
  const list = organizations.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new Error(list === '' ? 'There is no organization yet.' : `Say which organization, with --organization ID:\n${list}`)
}

function readOrganization(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { organization: { type: 'string' } } }).values.organization
  } catch {
    throw new Error(USAGE)
  }
}
