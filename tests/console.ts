import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { KeyRing } from '@/server/crypto/key-ring'
import { makeKey } from '@/server/crypto/parse-keys'
import type { Role } from '@/contracts/permissions'
import { ask, type Answer, type Ask } from './ask'
import { consoleKeys } from './console-keys'
import { findFreePort, launchConsole, type ConsoleProcess } from './console-process'
import { findPostgresFolder, postgresUrl } from './console-postgres'
import { SandboxControl } from './console-sandbox'
import { makeOrganization, type TestOrganization } from './make-organization'

const STOP_WITHIN_MS = 20_000

export interface TestConsole {
  readonly url: string
  readonly process: ConsoleProcess
  readonly dataFolder: string
  readonly keys: KeyRing
  /** Text of KEYRACK_KEYS. */
  readonly keysText: string
  /** As the database's owner: sees and changes every row, and tables too. */
  readonly sql: pg.Client
  readonly sandbox: SandboxControl
  /** Two organizations with a person of each role. */
  readonly organization: TestOrganization
  readonly otherOrganization: TestOrganization
  /**
   * Asks as a person of the first organization, or as nobody (null). Requests that are not GETs carry what the console's
   * own page would send; a header given as undefined is left out.
   */
  fetchAs(role: Role | null, path: string, init?: Ask): Promise<Answer>
  /** The same with any Cookie header. */
  fetchWith(cookie: string | null, path: string, init?: Ask): Promise<Answer>
  stop(): Promise<void>
}

/**
 * Starts the built console and its sandbox as processes of their own: free ports, a data folder that goes away with it,
 * known keys, and everybody already signed in.
 */
export async function startConsole(env: Readonly<Record<string, string>> = {}): Promise<TestConsole> {
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-console-'))
  await chmod(dataFolder, 0o755)
  const keysText = makeKey('test')
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()]
  const process = launchConsole({ dataFolder, port, sandboxPort, env: { KEYRACK_KEYS: keysText, ...env } })
  const url = `http://localhost:${port}`
  try {
    await process.ready()
    const sql = new pg.Client({ connectionString: await postgresUrl(dataFolder, 'owner') })
    sql.on('error', () => undefined)
    await sql.connect()
    const keys = await consoleKeys(sql, keysText)
    const sandbox = new SandboxControl(`http://127.0.0.1:${sandboxPort}`)
    const organization = await makeOrganization({ sql, keys, sandbox, url, name: 'Northwind Hotels Software' })
    const otherOrganization = await makeOrganization({ sql, keys, sandbox, url, name: 'Other Systems' })
    const fetchWith: TestConsole['fetchWith'] = (cookie, target, init = {}) =>
      ask(url, target, {
        ...init,
        headers: { ...(cookie ? { cookie } : {}), ...(isRead(init.method) ? {} : ownPageHeaders(url)), ...contentType(init), ...init.headers },
      })
    return {
      url, process, dataFolder, keys, keysText, sql, sandbox, organization, otherOrganization, fetchWith,
      fetchAs: (role, target, init) => fetchWith(role ? organization.people[role].cookie : null, target, init),
      stop: async () => {
        await sql.end().catch(() => undefined)
        await stopConsole(process)
        await removeData(dataFolder)
      },
    }
  } catch (error) {
    await stopConsole(process)
    await removeData(dataFolder)
    throw error
  }
}

/** What a browser adds to a request that the console's own page makes. */
export function ownPageHeaders(url: string): Record<string, string> {
  return { origin: url, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
}

/** Ctrl-C, and when that does not help within 20 seconds, an error with what it printed. */
export async function stopConsole(process: ConsoleProcess): Promise<void> {
  try {
    process.interrupt()
  } catch {
    return
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The console did not stop:\n${process.output()}`)), STOP_WITHIN_MS)
  })
  await Promise.race([process.exited, late]).finally(() => clearTimeout(timer))
}

/** Removes a data folder, and the cluster that had to live elsewhere. */
export async function removeData(dataFolder: string): Promise<void> {
  const postgres = await findPostgresFolder(dataFolder)
  await rm(dataFolder, { recursive: true, force: true })
  if (postgres && !postgres.startsWith(dataFolder)) await rm(path.dirname(postgres), { recursive: true, force: true })
}

/** An id that belongs to nobody. */
export const someId = (): string => randomUUID()

function isRead(method = 'GET'): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

function contentType({ body }: Ask): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' }
}
