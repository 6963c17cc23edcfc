import path from 'node:path'
import pg from 'pg'
import { parseKeys } from '../crypto/parse-keys'
import { reachDatabase } from '../database/reach-database'
import { examineStored, examineVersion, inOrder } from '../doctor/examine-all'
import { examineMachine } from '../doctor/examine-machine'
import { about } from '../doctor/finding'
import { readVersion } from '../doctor/read-version'
import { readDoubts } from '../doubts/read-doubts'
import { summarise } from '../doubts/tell-doubts'
import { readEnv, type Env } from '../env'
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
  const findings = [examineVersion(await readVersion(root)), ...(await examineMachine(env, dataFolder))]
  const migrations = path.join(root, 'prisma', 'migrations')
  let doubts: string | null = null
  try {
    const { ownerUrl, close } = await reachDatabase(env, dataFolder)
    const client = new pg.Client({ connectionString: ownerUrl })
    try {
      await client.connect()
      const readKeys = async () => {
        const source = keySource(env, dataFolder)
        return source && parseKeys(await source.read())
      }
      findings.push(...(await examineStored(client, { env, migrations, publicUrl: addressOf(env), organizationId: null, readKeys })))
      // A database that lacks tables is a finding already.
      if (!findings.some(({ kind, level }) => kind === 'database' && level === 'problem')) doubts = summarise(await readDoubts(client))
    } finally {
      await client.end()
      await close()
    }
  } catch (error) {
    findings.push(about('database', 'Database').problem(messageOf(error), 'Look at DATABASE_URL and DATABASE_OWNER_URL, or at the log of the embedded one.'))
  }
  for (const { subject, level, what, todo } of inOrder(findings)) {
    say(`${MARKS[level]}${subject}: ${what}`)
    if (todo) say(`          ${todo}`)
  }
  if (doubts) say(`What nobody knows about Octorate: ${doubts} "keyrack doubts" tells them.`)
  const problems = findings.filter(({ level }) => level === 'problem').length
  if (problems > 0) throw new Error(problems === 1 ? 'One thing is wrong.' : `${problems} things are wrong.`)
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
