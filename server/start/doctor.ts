import path from 'node:path'
import pg from 'pg'
import { openDerivationRoot } from '../crypto/derivation-root'
import { parseKeys } from '../crypto/parse-keys'
import { countByKey } from '../crypto/reseal'
import { reachDatabase } from '../database/reach-database'
import { examineDatabase } from '../doctor/examine-database'
import { examineMachine } from '../doctor/examine-machine'
import { examineOctorate } from '../doctor/examine-octorate'
import { ok, problem, type Finding } from '../doctor/finding'
import { readDoubts } from '../doubts/read-doubts'
import { summarise } from '../doubts/tell-doubts'
import { readEnv, type Env } from '../env'
import { checkKeys } from './check-keys'
import { keySource } from './key-source'
import { publicAddress } from './public-address'

interface Command {
  readonly root: string
  readonly say: (line: string) => void
}

const MARKS = { ok: 'ok      ', warning: 'WARNING ', problem: 'PROBLEM ' }

/**
 * `keyrack doctor`: looks at machine, address, keys, database and what Octorate last said; changes and sends nothing.
 *
 * @throws Error that counts the problems, after they were printed.
 */
export async function runDoctor({ root, say }: Command): Promise<void> {
  const env = readEnv()
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const findings = await examineMachine(env, dataFolder)
  const migrations = path.join(root, 'prisma', 'migrations')
  try {
    const { ownerUrl, close } = await reachDatabase(env, dataFolder)
    const client = new pg.Client({ connectionString: ownerUrl })
    try {
      await client.connect()
      findings.push(...(await examineDatabase(client, { env, migrations })))
      const isMigrated = findings.some(({ subject, level }) => subject === 'Migrations' && level === 'ok')
      if (isMigrated) findings.push(await examineKeys(client, env, dataFolder), ...(await examineOctorate(client, addressOf(env))), await examineDoubts(client))
    } finally {
      await client.end()
      await close()
    }
  } catch (error) {
    findings.push(problem('Database', messageOf(error), 'Look at DATABASE_URL and DATABASE_OWNER_URL, or at the log of the embedded one.'))
  }
  for (const { subject, level, what, todo } of findings) {
    say(`${MARKS[level]}${subject}: ${what}`)
    if (todo) say(`          ${todo}`)
  }
  const problems = findings.filter(({ level }) => level === 'problem').length
  if (problems > 0) throw new Error(problems === 1 ? 'One thing is wrong.' : `${problems} things are wrong.`)
}

async function examineKeys(client: pg.Client, env: Env, dataFolder: string): Promise<Finding> {
  try {
    const source = keySource(env, dataFolder)
    if (!source) return problem('Keys', 'No key is configured: Keyrack starts sealed.', 'Set KEYRACK_KEYS, KEYRACK_KEYS_FILE or KEYRACK_KEYS_COMMAND.')
    const keys = parseKeys(await source.read())
    // Both would note a key that is new.
    await client.query('BEGIN')
    await checkKeys(client, keys)
    await openDerivationRoot(client, keys)
    const counts = await countByKey(client)
    const values = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return ok('Keys', `"${keys.sealingKeyId}" seals; ${values} values are sealed with ${[...counts.keys()].join(', ') || 'none'}.`)
  } catch (error) {
    return problem('Keys', messageOf(error), 'Without the right keys no stored token can be opened.')
  } finally {
    await client.query('ROLLBACK')
  }
}

async function examineDoubts(client: pg.Client): Promise<Finding> {
  return ok('What nobody knows about Octorate', `${summarise(await readDoubts(client))} "keyrack doubts" tells them.`)
}

/** A wrong address is a finding of its own. */
function addressOf(env: Env): string {
  try {
    return publicAddress(env).url
  } catch {
    return env.KEYRACK_URL ?? ''
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
