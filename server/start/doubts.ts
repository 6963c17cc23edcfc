import path from 'node:path'
import pg from 'pg'
import { reachDatabase } from '../database/reach-database'
import { readDoubts } from '../doubts/read-doubts'
import { tellDoubts } from '../doubts/tell-doubts'
import { readEnv } from '../env'

interface Command {
  readonly root: string
  /** What was typed behind `doubts`. */
  readonly args: readonly string[]
  readonly say: (line: string) => void
}

const USAGE = 'Usage: keyrack doubts [--sandbox]'

/**
 * `keyrack doubts`: what this installation's own calls have shown of what nobody knows about Octorate; with `--sandbox`,
 * of the sandbox. Reads the database, beside a console or without one, and sends nothing.
 *
 * @throws Error with a sentence for whoever typed it
 */
export async function runDoubts({ root, args, say }: Command): Promise<void> {
  const ofSandbox = args.includes('--sandbox')
  if (args.some((arg) => arg !== '--sandbox')) throw new Error(USAGE)
  const env = readEnv()
  const { ownerUrl, close } = await reachDatabase(env, path.resolve(root, env.KEYRACK_DATA))
  const client = new pg.Client({ connectionString: ownerUrl })
  try {
    await client.connect()
    await client.query('SET default_transaction_read_only = on')
    for (const line of tellDoubts(await readDoubts(client, { ofSandbox }), { ofSandbox })) say(line)
  } finally {
    await client.end()
    await close()
  }
}
