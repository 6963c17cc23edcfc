import { afterAll, expect, test } from 'vitest'
import { startConsole, stopConsole } from '../console'
import { launchConsole, type ConsoleProcess } from '../console-process'
import { postgresUrl } from '../console-postgres'
import { makeConnection } from '../make-connection'
import { eventually } from '../processes'

const console_ = await startConsole({ KEYRACK_WORKER: 'off' })
const workers: ConsoleProcess[] = []
afterAll(async () => {
  for (const worker of workers) await stopConsole(worker)
  await console_.stop()
})

async function launchWorker(env: Readonly<Record<string, string>> = {}): Promise<ConsoleProcess> {
  const worker = launchConsole({
    program: 'worker',
    dataFolder: console_.dataFolder,
    port: console_.process.port,
    sandboxPort: Number(new URL(console_.sandbox.origin).port),
    env: {
      KEYRACK_KEYS: console_.keysText,
      DATABASE_URL: await postgresUrl(console_.dataFolder, 'app'),
      DATABASE_OWNER_URL: await postgresUrl(console_.dataFolder, 'owner'),
      ...env,
    },
  })
  workers.push(worker)
  return worker
}

test('keyrack worker refreshes what is due beside a console that does not, listens to nobody, and ends at Ctrl-C', async () => {
  const { id } = await makeConnection(console_, console_.organization)
  await console_.sql.query('UPDATE connections SET next_refresh_at = now() WHERE id = $1', [id])
  const versionOf = async () => {
    const { rows } = await console_.sql.query<{ version: number }>('SELECT access_token_version AS version FROM connections WHERE id = $1', [id])
    return rows[0]?.version
  }
  const worker = await launchWorker()
  await eventually(async () => worker.output(), (output) => output.includes('Keyrack refreshes in the background.'))
  expect(await eventually(versionOf, (version) => version === 2)).toBe(2)
  expect(worker.output()).not.toContain('Keyrack is at')
  worker.interrupt()
  expect(await worker.exited).toBe(0)
})

test.each([
  ['the embedded database, which belongs to the console', { DATABASE_URL: '' }, /needs DATABASE_URL/],
  ['no key', { KEYRACK_KEYS: '' }, /needs KEYRACK_KEYS/],
])('keyrack worker refuses to start with %s, and says so', async (_name, env, says) => {
  const worker = await launchWorker(env)
  expect(await worker.exited).toBe(1)
  expect(worker.output()).toMatch(says)
})
