import { fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'sandbox-main-'))
const program = join(folder, 'main.mjs')

beforeAll(async () => {
  const entry = fileURLToPath(new URL('main.ts', import.meta.url))
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the sandbox as a program', () => {
  it('prints exactly one line of JSON when ready, and ends cleanly on SIGTERM', async () => {
    const child = start(['--port', '0', '--json'])
    const ready = JSON.parse(await child.firstLine)
    expect(Object.keys(ready)).toEqual(['backOfficeUrl', 'apiUrl', 'controlUrl', 'panelUrl', 'apiClients', 'hoteliers', 'legacyKeys'])
    expect(ready).toMatchObject({
      apiUrl: `${ready.backOfficeUrl}/connect`,
      apiClients: [{ clientId: 'keyrack-sandbox', environment: 'SANDBOX', redirectUris: ['https://localhost'] }],
    })
    expect(ready.hoteliers).toHaveLength(8)
    expect(ready.legacyKeys[0]).toEqual({ key: 'sbx_legacy_455301_f3a91c', accommodation: '455301', clientId: 'keyrack-sandbox' })
    expect((await fetch(ready.panelUrl)).status).toBe(200)
    child.process.kill('SIGTERM')
    expect(await child.ended).toEqual({ code: 0, stdout: `${JSON.stringify(ready)}\n`, stderr: '' })
  })

  it('ends when its parent disappears without a word, so that no orphan keeps the port', async () => {
    const parent = join(folder, 'parent.mjs')
    writeFileSync(
      parent,
      `import { fork } from 'node:child_process'
const child = fork(${JSON.stringify(program)}, ['--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
child.stdout.once('data', (line) => process.send(String(line)))
setInterval(() => undefined, 1000)`,
    )
    const middle = fork(parent, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const line = await new Promise<string>((resolve) => {
      middle.once('message', (message) => resolve(String(message)))
    })
    const { panelUrl } = JSON.parse(line)
    const answers = () => fetch(panelUrl).then(Boolean, () => false)
    expect(await answers()).toBe(true)
    middle.kill('SIGKILL')
    await expect.poll(answers, { timeout: 4_000, interval: 20 }).toBe(false)
  })

  it('keeps its state over kill -9 with --data', async () => {
    const data = join(folder, 'data')
    const first = start(['--port', '0', '--json', '--data', data, '--strict'])
    const { controlUrl } = JSON.parse(await first.firstLine)
    const added = await fetch(`${controlUrl}/api-clients`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId: 'mine', clientSecret: 'sbx_mine' }),
    })
    expect(added.status).toBe(200)
    first.process.kill('SIGKILL')
    await first.ended
    const second = start(['--port', '0', '--json', '--data', data])
    const { apiClients, controlUrl: secondControlUrl } = JSON.parse(await second.firstLine)
    expect(await (await fetch(`${secondControlUrl}/settings`)).json()).toMatchObject({ mode: 'strict' })
    expect(apiClients).toMatchObject([{ clientId: 'keyrack-sandbox' }, { clientId: 'mine' }])
    second.process.kill('SIGINT')
    expect((await second.ended).code).toBe(0)
  })

  it('has after kill -9 every token that it had answered with, the kill falling into parallel requests', async () => {
    const data = join(folder, 'killed')
    const first = start(['--port', '0', '--json', '--data', data])
    const { apiUrl, controlUrl, apiClients, legacyKeys } = JSON.parse(await first.firstLine)
    const [{ clientId, clientSecret }] = apiClients
    const logIn = async () => {
      const response = await fetch(`${apiUrl}/rest/v1/identity/apilogin`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret }),
      })
      const { access_token: token }: { access_token: string } = await response.json()
      return token
    }
    const [{ key, accommodation }] = legacyKeys
    const migrated = await fetch(`${apiUrl}/rest/v1/identity/migrate`, { method: 'POST', headers: { key }, body: new URLSearchParams({ accommodation }) })
    const { refresh_token: refreshToken }: { refresh_token: string } = await migrated.json()
    await fetch(`${controlUrl}/snapshot`, { method: 'POST' })
    const answered: string[] = [refreshToken, await logIn()]
    const hammer = async () => {
      for (;;) {
        answered.push(await logIn())
        if (answered.length === 100) first.process.kill('SIGKILL')
      }
    }
    await Promise.allSettled(Array.from({ length: 10 }, hammer))
    await first.ended
    const second = start(['--port', '0', '--json', '--data', data])
    const { controlUrl: secondControlUrl } = JSON.parse(await second.firstLine)
    const statusOf = async (token: string) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${secondControlUrl}/tokens/inspect`, { method: 'POST', headers, body: JSON.stringify({ token }) })
      const { status }: { status: string } = await response.json()
      return status
    }
    expect(answered.length).toBeGreaterThanOrEqual(100)
    expect(new Set(await Promise.all(answered.map(statusOf)))).toEqual(new Set(['live']))
    expect(await (await fetch(`${secondControlUrl}/snapshots`)).json()).toMatchObject([{ name: 'default', grants: 1 }])
    second.process.kill('SIGTERM')
    await second.ended
  }, 20_000)

  it('takes its world from a seed file', async () => {
    const seed = join(folder, 'seed.json')
    writeFileSync(seed, JSON.stringify({ apiClients: [], accommodations: [], networks: [], hoteliers: [] }))
    const child = start(['--port', '0', '--json', '--seed', seed, '--strict'])
    expect(JSON.parse(await child.firstLine)).toMatchObject({ apiClients: [], hoteliers: [] })
    child.process.kill('SIGTERM')
    await child.ended
  })

  it('warns about an address that other machines reach', async () => {
    const child = start(['--port', '0', '--host', '0.0.0.0', '--json'])
    expect(JSON.parse(await child.firstLine).backOfficeUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    child.process.kill('SIGTERM')
    expect((await child.ended).stderr).toContain('opens the sandbox to other machines')
  })

  it.each([
    [['--port', 'abc'], 'expected 0 to 65535'],
    [['--port', '65536'], 'expected 0 to 65535'],
    [['--strict', '--lenient'], 'exclude each other'],
    [['--nonsense'], 'nonsense'],
    [['--seed', '/nowhere.json'], 'ENOENT'],
  ])('refuses %j in one sentence', async (args, message) => {
    const { code, stderr, stdout } = await start(args).ended
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('says that the port is in use', async () => {
    const holder = createServer()
    const port = await new Promise<number>((resolve) => {
      holder.listen(0, '127.0.0.1', () => {
        const address = holder.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const { code, stderr } = await start(['--port', String(port)]).ended
    holder.close()
    expect([code, stderr]).toEqual([1, 'keyrack-sandbox: the port is in use. Stop the program that holds it, or choose another --port.\n'])
  })

  it('greets a person with the addresses and an account', async () => {
    const child = start(['--port', '0'])
    expect(await child.firstLine).toMatch(/^Sandbox ready: http:\/\/127\.0\.0\.1:\d+\/ \(an emulator, not Octorate\)/)
    child.process.kill('SIGTERM')
    expect((await child.ended).stdout).toContain('giulia.rossi / hotel')
  })
})

function start(args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk)
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')))
    })
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { process: child, firstLine, ended }
}
