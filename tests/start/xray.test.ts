import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSandbox, type Sandbox } from '@/sandbox/create-sandbox'
import { ROOT } from '../console-process'

const [clientId, clientSecret] = ['xray-process-4711', 'sbx_secret_of_the_process_0815']
const MAIL = `Client id: ${clientId}\nClient secret: ${clientSecret}\n`

let sandbox: Sandbox
let folder: string

beforeAll(async () => {
  sandbox = await createSandbox()
  await sandbox.control.addApiClient({ clientId, clientSecret, redirectUris: ['https://localhost'] })
  folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-xray-'))
  await writeFile(path.join(folder, 'mail.eml'), MAIL)
})
afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

/** As a person would, in a folder of theirs, with a console's variables or without. */
async function run(args: readonly string[], input = ''): Promise<{ exit: number | null; printed: string; said: string }> {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin', 'keyrack.js'), 'xray', ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', KEYRACK_DATA: path.join(folder, 'data'), DATABASE_URL: '', KEYRACK_KEYS: '',
      KEYRACK_URL: 'https://keyrack.example.com', KEYRACK_SANDBOX: '', KEYRACK_SANDBOX_PORT: new URL(sandbox.url).port,
    },
  })
  child.stdin.end(input)
  const [exit, printed, said] = await Promise.all([
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
    text(child.stdout),
    text(child.stderr),
  ])
  return { exit, printed, said }
}

describe('keyrack xray', () => {
  test('reads a file of the folder where the person is, without database, key or console', async () => {
    const { exit, printed, said } = await run(['mail.eml', '--upstream', 'sandbox'])
    expect([exit, said]).toEqual([0, ''])
    expect(printed).toContain('Octorate accepts client id and client secret')
    expect(await readdir(folder)).toEqual(['mail.eml'])
  })

  test('reads standard input, and prints nothing but JSON when asked to', async () => {
    const { exit, printed } = await run(['--upstream', 'sandbox', '--json'], MAIL)
    expect([exit, JSON.parse(printed)]).toMatchObject([0, { clientId, login: 'accepted' }])
    expect(printed).not.toContain(clientSecret)
  })

  test('ends with 2 and a sentence for a mail that is not there', async () => {
    const { exit, printed, said } = await run(['nowhere.eml'])
    expect([exit, printed]).toEqual([2, ''])
    expect(said).toContain('ENOENT')
    expect(said).not.toContain('nowhere')
  })
})
