import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backEndSnippets, type SnippetLanguage } from '@/features/connections/back-end-snippets'
import { createKeyrackClient, type KeyrackClient } from '@/sdk/create-keyrack-client'
import { startConsole, stopConsole, type TestConsole } from '../console'
import { makeConnection, type TestConnection } from '../make-connection'
import { plantMachineKeys } from '../plant-machine-keys'
import { ROOT } from '../source-files'

const run = promisify(execFile)
const PROPERTY = '324410'
const folder = mkdtempSync(join(tmpdir(), 'keyrack-back-end-'))

let keyrack: TestConsole
/** For reading only. */
let connection: TestConnection
let key = ''
/** Another organization's, whose connections come to grief. */
let ill: TestConnection
let illKey = ''

beforeAll(async () => {
  keyrack = await startConsole()
  connection = await makeConnection(keyrack, keyrack.organization, { name: 'Casa Blu' })
  ill = await makeConnection(keyrack, keyrack.otherOrganization, { name: 'Casa Rossa' })
  ;[{ text: key } = { text: '' }] = await plantMachineKeys(keyrack, keyrack.organization, [{ name: 'Back end' }])
  ;[{ text: illKey } = { text: '' }] = await plantMachineKeys(keyrack, keyrack.otherOrganization, [{ name: 'Back end' }])
})
afterAll(async () => {
  await keyrack.stop()
  rmSync(folder, { recursive: true, force: true })
})

const failure = (wanted: Promise<unknown>) => wanted.then(() => null, (error: unknown) => error)

/** Status of a call of Octorate's API with this token. */
async function statusAtOctorate(token: string): Promise<number> {
  const answer = await fetch(`${keyrack.sandbox.origin}/connect/rest/v1/accommodation`, { headers: { authorization: `Bearer ${token}` } })
  return answer.status
}

async function refreshes(): Promise<number> {
  return (await keyrack.sandbox.truth()).filter(({ type }) => type === 'token.refreshed').length
}

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function outcomeOf(program: string, args: readonly string[], options: { env?: Record<string, string>; cwd?: string } = {}): Promise<Outcome> {
  const env = { NODE_ENV: 'production' as const, PATH: process.env['PATH'], ...options.env }
  try {
    return { code: 0, ...(await run(program, [...args], { ...options, env })) }
  } catch (error) {
    const { code = -1, stdout = '', stderr = '' }: Partial<Outcome> = { ...(error as object) }
    return { code, stdout, stderr }
  }
}

interface Language {
  readonly language: SnippetLanguage
  readonly program: string
  /** Ends with 0 where the program can be run. */
  readonly probe: readonly string[]
  readonly file: string
  /** Printed by a line that the reader would write. */
  readonly rest: string
}

const LANGUAGES: readonly Language[] = [
  { language: 'curl', program: 'sh', probe: ['-c', 'curl --version'], file: 'ask.sh', rest: '' },
  { language: 'node', program: process.execPath, probe: ['--version'], file: 'ask.mjs', rest: 'console.log(token.value)' },
  { language: 'python', program: 'python3', probe: ['--version'], file: 'ask.py', rest: 'print(access_token())' },
  { language: 'php', program: 'php', probe: ['-r', 'exit(function_exists("curl_init") ? 0 : 1);'], file: 'ask.php', rest: 'echo access_token(), "\\n";' },
]

describe('the programs on the page of a connection, where their language is installed', () => {
  const installed = LANGUAGES.filter(({ program, probe }) => spawnSync(program, probe).status === 0)
  const missing = LANGUAGES.filter((language) => !installed.includes(language)).map(({ language }) => language)
  if (missing.length > 0) process.stdout.write(`Programs not run, for their language is not installed: ${missing.join(', ')}\n`)

  beforeAll(async () => {
    const { stdout } = await run(process.execPath, [join(ROOT, 'bin/pack-sdk.js'), folder])
    const client = join(folder, 'node_modules/keyrack-client')
    mkdirSync(client, { recursive: true })
    await run('tar', ['-xzf', stdout.trim(), '-C', client, '--strip-components=1'])
  })

  const ask = ({ language, program, file, rest }: Language, { isNetwork = false, as = key } = {}) => {
    const code = backEndSnippets({ url: keyrack.url, connection: { id: connection.id, upstreamId: PROPERTY, isNetwork } })[language]
    writeFileSync(join(folder, file), `${code}${rest}\n`)
    return outcomeOf(program, [join(folder, file)], { cwd: folder, env: { KEYRACK_MACHINE_KEY: as } })
  }

  it.each(installed)('$language asks for a token by property and by connection, and gets one that Octorate takes', async (language) => {
    for (const isNetwork of [false, true]) {
      const { code, stdout, stderr } = await ask(language, { isNetwork })
      expect([code, stderr]).toEqual([0, ''])
      const token = language.language === 'curl' ? String((JSON.parse(stdout) as { accessToken?: string }).accessToken) : stdout.trim()
      expect(await statusAtOctorate(token)).toBe(200)
    }
  })

  it.each(installed)('$language fails loudly when the key is not valid, and does not show it', async (language) => {
    const wrong = key.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const { code, stdout, stderr } = await ask(language, { as: wrong })
    expect(code).not.toBe(0)
    expect(`${stdout}${stderr}`).toContain('machine_key_invalid')
    expect(`${stdout}${stderr}`).not.toContain(wrong)
  })
})

describe('the client', () => {
  let client: KeyrackClient
  const fetchHere = (as: KeyrackClient) => as.fetchWithToken({ connectionId: ill.id }, `${keyrack.sandbox.origin}/connect/rest/v1/accommodation`)

  beforeAll(() => {
    client = createKeyrackClient({ url: keyrack.url, key })
  })
  afterAll(() => client.close())

  it('gets a token that Octorate takes, by property, by connection and among many', async () => {
    const one = await client.getAccessToken({ propertyId: PROPERTY })
    const [many, nothing] = await client.getAccessTokens([{ connectionId: connection.id }, { propertyId: 'nowhere' }])
    expect([one.connectionId, many?.token?.fingerprint, nothing?.error?.code]).toEqual([connection.id, one.fingerprint, 'not_found'])
    expect([await statusAtOctorate(one.value), one.secondsLeft > 23 * 3_600]).toEqual([200, true])
  })

  it('lists what the key may see, and nothing of another organization', async () => {
    const seen: string[] = []
    for await (const { id, properties } of client.listConnections({ status: 'healthy', propertyId: PROPERTY })) seen.push(id, properties[0]?.propertyId ?? '')
    expect(seen).toEqual([connection.id, PROPERTY])
    expect(await failure(client.getConnection(ill.id))).toMatchObject({ name: 'KeyrackRefusedError', code: 'not_found' })
  })

  it('replaces a token that Octorate no longer takes, by one refresh for twenty calls that met it', async () => {
    const back = createKeyrackClient({ url: keyrack.url, key: illKey })
    expect((await fetchHere(back)).status).toBe(200)
    await keyrack.sandbox.call('POST', 'access-tokens/expire', { clientId: keyrack.otherOrganization.apiClient.clientId })
    const before = await refreshes()
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await fetchHere(back)).status))
    expect([new Set(statuses), (await refreshes()) - before]).toEqual([new Set([200]), 1])
    back.close()
  })

  it('hands a quota refusal on and refreshes nothing, because no token helps against it', async () => {
    const back = createKeyrackClient({ url: keyrack.url, key: illKey })
    await back.getAccessToken({ connectionId: ill.id })
    const before = await refreshes()
    await keyrack.sandbox.addFault({ endpoint: 'accommodation', kind: 'quota', count: 1 })
    const answer = await fetchHere(back)
    expect([answer.status, await answer.json(), (await refreshes()) - before]).toMatchObject([403, { type: 'ApiQuotaException' }, 0])
    expect((await fetchHere(back)).status).toBe(200)
    back.close()
  })

  it('refreshes when it is told to, and then has the new token', async () => {
    const back = createKeyrackClient({ url: keyrack.url, key: illKey })
    const before = await back.getAccessToken({ connectionId: ill.id })
    const { accessExpiresAt } = await back.refresh(ill.id)
    const after = await back.getAccessToken({ connectionId: ill.id })
    expect([after.fingerprint === before.fingerprint, after.expiresAt.toISOString()]).toEqual([false, accessExpiresAt])
    back.close()
  })

  it('says what a key lacks', async () => {
    const [{ text } = { text: '' }] = await plantMachineKeys(keyrack, keyrack.organization, [{ name: 'Reads only', scopes: ['connections:read'] }])
    const narrow = createKeyrackClient({ url: keyrack.url, key: text })
    expect(await failure(narrow.getAccessToken({ propertyId: PROPERTY }))).toMatchObject({ name: 'KeyrackRefusedError', code: 'machine_key_scope', status: 403 })
  })
})

describe('the command', () => {
  const command = (args: readonly string[], env: Record<string, string> = {}) =>
    outcomeOf(process.execPath, [join(ROOT, 'bin/keyrack.js'), ...args], { cwd: folder, env: { KEYRACK_URL: keyrack.url, KEYRACK_MACHINE_KEY: key, ...env } })

  it('prints a token and nothing else, and ends with 0', async () => {
    const { code, stdout, stderr } = await command(['token', PROPERTY])
    expect([code, stderr, stdout.split('\n').length]).toEqual([0, '', 2])
    expect(await statusAtOctorate(stdout.trim())).toBe(200)
  })

  it('takes the key from a file beside the person, and lists connections', async () => {
    writeFileSync(join(folder, 'machine.key'), `${key}\n`, { mode: 0o600 })
    const { code, stdout } = await command(['connections', '--json', '--key-file', 'machine.key'], { KEYRACK_MACHINE_KEY: '' })
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { id: connection.id, status: 'healthy' }])
  })

  it('refreshes', async () => {
    const { code, stdout } = await command(['refresh', ill.id, '--json'], { KEYRACK_MACHINE_KEY: illKey })
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { connectionId: ill.id }])
  })

  it('imports from a pipe or a file, follows, and ends with 0; the same lines again change nothing', async () => {
    const { apiClient } = keyrack.otherOrganization
    const grants = [['elena.ferri', '337210'], ['elena.ferri', '337218']] as const
    const lines = await Promise.all(
      grants.map(async ([username, propertyId]) => {
        const { refreshToken } = await keyrack.sandbox.grant({ ...apiClient, username, properties: [propertyId] })
        return JSON.stringify({ refreshToken, propertyId })
      }),
    )
    writeFileSync(join(folder, 'tokens.ndjson'), lines.join('\n'))
    const args = ['import', 'tokens.ndjson', '--api-client', apiClient.id, '--no-probe', '--json']
    const first = await command(args, { KEYRACK_MACHINE_KEY: illKey })
    const again = await command(args, { KEYRACK_MACHINE_KEY: illKey })
    expect([first.code, again.code]).toEqual([0, 0])
    expect(JSON.parse(first.stdout)).toMatchObject({ state: 'finished', total: 2, counts: { stored: 2, pending: 0 } })
    expect(JSON.parse(again.stdout)).toMatchObject({ id: (JSON.parse(first.stdout) as { id: string }).id })
    const wrong = await command(['import', 'tokens.ndjson', '--api-client', 'nonsense'], { KEYRACK_MACHINE_KEY: illKey })
    expect([wrong.code, wrong.stderr.includes('apiClientId')]).toEqual([1, true])
  })

  it('turns old keys from a spreadsheet into connections, looks before it does, and repeats no key', async () => {
    const { apiClient } = keyrack.otherOrganization
    const old = ['324417', '324425'].map((propertyId) => ({ propertyId, key: `sbx_legacy_${propertyId}_of_a_back_end` }))
    for (const { propertyId: accommodation, key: oldKey } of old) {
      await keyrack.sandbox.call('POST', 'legacy-keys', { key: oldKey, accommodation, clientId: apiClient.clientId })
    }
    writeFileSync(join(folder, 'keys.csv'), `\uFEFFchiave;id struttura\r\n${old.map(({ propertyId, key: oldKey }) => `${oldKey};${propertyId}\r\n`).join('')}`)
    const run = (...args: string[]) => command(['migrations', ...args], { KEYRACK_MACHINE_KEY: illKey })
    const wish = ['import', 'keys.csv', '--api-client', apiClient.id, '--per-second', 'unlimited', '--json']
    const looked = await run(...wish, '--dry-run')
    expect([looked.code, (JSON.parse(looked.stdout) as { items: { verdict: string }[] }).items.map(({ verdict }) => verdict)]).toEqual([0, ['ready', 'ready']])
    const done = await run(...wish)
    expect([done.code, JSON.parse(done.stdout)]).toMatchObject([0, { state: 'finished', total: 2, counts: { verified: 2 } }])
    const report = await run('report', (JSON.parse(done.stdout) as { id: string }).id)
    expect([report.code, report.stdout.split('\r\n').filter((line) => line.includes('verified')).length]).toEqual([0, 2])
    const said = [looked, done, report].map(({ stdout, stderr }) => stdout + stderr).join('')
    expect(old.filter(({ key: oldKey }) => said.includes(oldKey))).toEqual([])
  })

  it('ends with 1 when Keyrack refuses, and with 2 when it is used wrongly', async () => {
    const refused = await command(['token', ill.id])
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toMatch(/\(not_found, request [0-9a-f-]{36}\)\n$/)
    expect((await command(['token'])).code).toBe(2)
  })

  it('ends with 4 when the hotelier has to give consent again', async () => {
    const dead = await makeConnection(keyrack, keyrack.otherOrganization, { name: 'Casa Persa' })
    await keyrack.sql.query("UPDATE connections SET state = 'reconnect_required', access_expires_at = now() - interval '1 minute' WHERE id = $1", [dead.id])
    const { code, stdout, stderr } = await command(['token', dead.id], { KEYRACK_MACHINE_KEY: illKey })
    expect([code, stdout, stderr.includes('(reconnect_required, request')]).toEqual([4, '', true])
  })
})

describe('after the hotelier has withdrawn the consent', () => {
  it("the client returns Octorate's refusal, and Keyrack knows of it at once", async () => {
    const back = createKeyrackClient({ url: keyrack.url, key: illKey })
    const gone = await makeConnection(keyrack, keyrack.otherOrganization, { name: 'Casa Vuota' })
    const call = () => back.fetchWithToken({ connectionId: gone.id }, `${keyrack.sandbox.origin}/connect/rest/v1/accommodation`)
    expect((await call()).status).toBe(200)
    await keyrack.sandbox.call('POST', 'grants/revoke', { clientId: keyrack.otherOrganization.apiClient.clientId })
    expect((await call()).status).toBe(401)
    const { status } = await back.getConnection(gone.id)
    expect(['refresh_failing', 'reconnect_required']).toContain(status)
    back.close()
  })
})

describe('while Keyrack is down', () => {
  it('the client goes on with the tokens that it has, and the command ends with 3', async () => {
    const client = createKeyrackClient({ url: keyrack.url, key, minTtlSeconds: 600 })
    const { fingerprint } = await client.getAccessToken({ propertyId: PROPERTY })
    await stopConsole(keyrack.process)
    const held = await client.getAccessToken({ propertyId: PROPERTY })
    expect([held.fingerprint, held.secondsLeft > 23 * 3_600]).toEqual([fingerprint, true])
    const down = await outcomeOf(process.execPath, [join(ROOT, 'bin/keyrack.js'), 'token', PROPERTY], {
      env: { KEYRACK_URL: keyrack.url, KEYRACK_MACHINE_KEY: key },
    })
    expect([down.code, down.stdout]).toEqual([3, ''])
    client.close()
  })
})
