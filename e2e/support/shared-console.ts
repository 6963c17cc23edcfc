import path from 'node:path'
import pg from 'pg'
import { consoleKeys } from '@/tests/console-keys'
import { postgresUrl } from '@/tests/console-postgres'
import { SandboxControl } from '@/tests/console-sandbox'
import type { Maker } from '@/tests/make-organization'

const VARIABLE = 'KEYRACK_E2E_CONSOLE'

/** Where the console of this run is, as the processes that run the stories learn it. */
export interface SharedConsole {
  readonly url: string
  readonly sandboxOrigin: string
  readonly dataFolder: string
  readonly keysText: string
}

/** The console that stories make their organizations in. */
export interface StoryConsole extends Maker {
  /** Origin of the sandbox's pages. */
  readonly sandboxOrigin: string
  /** Where mails are written, for no mail server is configured. */
  readonly mailFolder: string
}

export function publishConsole(shared: SharedConsole): void {
  process.env[VARIABLE] = JSON.stringify(shared)
}

/** Opens the database and the control API of the console that global setup has started. */
export async function joinConsole(): Promise<StoryConsole & { leave(): Promise<void> }> {
  const { url, sandboxOrigin, dataFolder, keysText } = JSON.parse(process.env[VARIABLE] ?? '{}') as SharedConsole
  const sql = new pg.Client({ connectionString: await postgresUrl(dataFolder, 'owner') })
  await sql.connect()
  return {
    url, sandboxOrigin, sql,
    mailFolder: path.join(dataFolder, 'mail'),
    keys: await consoleKeys(sql, keysText),
    sandbox: new SandboxControl(sandboxOrigin),
    leave: () => sql.end(),
  }
}
