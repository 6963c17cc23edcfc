import path from 'node:path'
import { parseArgs } from 'node:util'
import { reachDatabase } from '../database/reach-database'
import { readEnv } from '../env'
import { issueRecovery } from '../owner-recovery/issue-recovery'
import { setRuntime } from '../runtime'
import { makeRuntime } from './make-runtime'
import { publicAddress } from './public-address'

interface Command {
  readonly root: string
  /** What was typed behind `admin`. */
  readonly args: readonly string[]
  readonly say: (line: string) => void
}

const USAGE = 'Usage: keyrack admin recover-owner EMAIL [--organization ID] [--without-two-factor]'

/**
 * `keyrack admin recover-owner EMAIL`: prints a one-time link, also while a console runs. Whoever may run this reads and
 * writes the database anyway.
 *
 * @throws Error with a sentence for whoever typed it
 */
export async function runAdmin({ root, args, say }: Command): Promise<void> {
  const { positionals, values } = readArguments(args)
  const [verb, email, ...more] = positionals
  if (verb !== 'recover-owner' || !email || more.length > 0) throw new Error(USAGE)
  const env = readEnv()
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const database = await reachDatabase(env, dataFolder)
  const runtime = makeRuntime({ env, publicUrl: publicAddress(env).url, appUrl: database.appUrl, keys: null, sandbox: null, dataFolder })
  setRuntime(runtime)
  try {
    const { link, organizationName } = await issueRecovery({
      email, organizationId: values.organization, resetsTwoFactor: values['without-two-factor'] ?? false,
    })
    say(`Whoever opens this link sets a new password for ${email} and is an owner of ${organizationName}. It works once, for 30 minutes:`)
    say(link)
  } finally {
    await runtime.pool.end()
    await database.close()
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { organization: { type: 'string' }, 'without-two-factor': { type: 'boolean' } },
    })
  } catch {
    throw new Error(USAGE)
  }
}
