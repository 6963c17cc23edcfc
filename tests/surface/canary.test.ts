import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES } from '@/contracts/permissions'
import { endpointPath, MACHINE_API_BASE } from '@/contracts/paths'
import { hashPassword } from '@/server/auth/password'
import { open } from '@/server/crypto/seal'
import { ENV_NAMES } from '@/server/env'
import type { Answer } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { ROOT } from '../console-process'
import { emptyIfGone } from '../empty-if-gone'
import { filesBelow } from '../files-below'
import { makeConnection } from '../make-connection'
import { makeApiClient, makePerson } from '../make-organization'
import { listEndpoints } from '../routes'
import { Browser } from './browser'
import { listPageAddresses, type PageAddress } from './page-addresses'
import { prepare, startFlow, type StartedFlow } from './samples'

const LONGEST_RUN_MS = 600_000

let keyrack: TestConsole
/** Every answer that came, in the order of their coming: what was asked, and the answer off the wire. */
const answers: { asked: string; whole: string }[] = []
/** Every secret that was used, by what it is. */
const secrets = new Map<string, string>()

beforeAll(async () => {
  keyrack = watched(await startConsole({ LOG_LEVEL: 'trace' }))
  secrets.set('key-encryption key', keyrack.keysText.split(':')[1] ?? '')
  const passwords = JSON.parse(await readFile(path.join(keyrack.dataFolder, 'postgres.json'), 'utf8')) as Record<string, string>
  for (const [role, password] of Object.entries(passwords)) secrets.set(`database password of ${role}`, password)
  await useEverything()
}, LONGEST_RUN_MS)
afterAll(() => keyrack.stop())

/**
 * The same console, with every answer kept. Cookies that are set, keys, links and signing secrets that are made and an admin token
 * that an owner reveals are theirs who get them; nothing else is left out.
 */
function watched(plain: TestConsole): TestConsole {
  const keep = (asked: string, answer: Answer): Answer => {
    const key = /^POST \/api\/machine-keys(\/[^/]+\/successor)?$/.test(asked) ? /"key":"krk_\w+?_(\w+)"/.exec(answer.text)?.[1] : undefined
    if (key) secrets.set(`machine key ${randomUUID()}`, key)
    const revealed = /^POST \/api\/api-clients\/[^/]+\/admin-tokens\/[^/]+\/reveal$/.test(asked) ? /"token":"([^"]+)"/.exec(answer.text)?.[1] : undefined
    const signing = /^POST \/api\/webhooks(\/[^/]+\/secret)?$/.test(asked) ? /"secret":"whsec_([^"]+)"/.exec(answer.text)?.[1] : undefined
    if (signing) secrets.set(`signing secret ${randomUUID()}`, signing)
    // What a link holds, and what an authenticator and a recovery are made of: shown once to whom they are for.
    const link = asked === 'POST /api/invitations' ? /#([\w-]{43})"/.exec(answer.text)?.[1] : undefined
    if (link) secrets.set(`invitation ${randomUUID()}`, link)
    const seed = asked === 'POST /api/two-factor' ? /"secret":"([A-Z2-7]{32})"/.exec(answer.text)?.[1] : undefined
    if (seed) secrets.set(`second factor ${randomUUID()}`, seed)
    const codes = asked.startsWith('POST /api/two-factor/') ? [...answer.text.matchAll(/[A-Z2-9]{5}(?:-[A-Z2-9]{5}){3}/g)].map(([code]) => code) : []
    for (const code of codes) secrets.set(`recovery code ${randomUUID()}`, code)
    const mayHoldLinks = asked.startsWith('POST /api/links/') || /^POST \/api\/campaigns\/[^/]+\/file$/.test(asked)
    const consents = mayHoldLinks ? [...answer.text.matchAll(/\/link\/([\w-]{43})/g)].map(([, token = '']) => token) : []
    for (const token of consents) secrets.set(`link token ${randomUUID()}`, token)
    const shown = [key, revealed, signing, link, seed, ...consents, ...codes].reduce<string>((whole, own) => (own ? whole.replaceAll(own, '') : whole), answer.whole)
    answers.push({ asked, whole: shown.replaceAll(/^set-cookie: .*$/gim, '') })
    return answer
  }
  const fetchWith: TestConsole['fetchWith'] = async (cookie, target, init) =>
    keep(`${init?.method ?? 'GET'} ${target.split('?', 1)[0]}`, await plain.fetchWith(cookie, target, init))
  return { ...plain, fetchWith, fetchAs: (role, target, init) => fetchWith(role ? plain.organization.people[role].cookie : null, target, init) }
}

/** A secret that changes its look in every encoding, and whose first letters are its own. */
function mark(what: string, alphabet = '"\\+/=&%<\'>'): string {
  const value = `${randomBytes(9).toString('base64url')}${alphabet}${randomBytes(9).toString('base64url')}`
  secrets.set(what, value)
  return value
}

const scene = () => ({ keyrack, organization: keyrack.organization, role: 'owner' }) as const
const post = (target: string, body: unknown, method = 'POST') => keyrack.fetchAs('owner', target, { method, body: JSON.stringify(body) })

/** Takes every secret through every route, rightly and wrongly, and through every way in which Octorate may fail. */
async function useEverything(): Promise<void> {
  await signInWithMarks()
  const apiClient = await registerWithMarks()
  await everyEndpointWithMarks()
  await useMachineKeys()
  for (const fault of FAULTS) await connectAndRefresh(apiClient, fault)
  await readBackSealedTokens()
  // Before the sandbox falls silent: planting things asks it for tokens.
  const addresses = await listPageAddresses(keyrack)
  await Promise.all([everyPage(addresses), runOutOfTime()])
}

async function signInWithMarks(): Promise<void> {
  const password = mark('password', ' pässwörd "\\+/=&%<> ')
  const person = await makePerson(keyrack, { organizationId: keyrack.organization.id, role: 'developer', passwordHash: await hashPassword(password) })
  const browser = new Browser(keyrack)
  await browser.signIn(person.email, password)
  await browser.ask('/')
  await browser.post('signout')
  await new Browser(keyrack).signIn(person.email, mark('wrong password'))
  await new Browser(keyrack).signIn('nobody@keyrack.example', mark('password of nobody'))
  await keyrack.fetchAs(null, `/api/auth/callback/credentials?password=${encodeURIComponent(mark('password in an address'))}`)
  const code = mark('set-up code', '')
  const wish = { code, organizationName: 'x', name: 'x', email: 'x@keyrack.example', password: mark('password of the set-up') }
  await keyrack.fetchAs(null, '/api/set-up', { method: 'POST', body: JSON.stringify(wish) })
  await keyrack.fetchAs(null, '/api/set-up', { method: 'POST', body: JSON.stringify({ ...wish, email: 1, extra: wish.code }) })
}

type MarkedClient = Awaited<ReturnType<typeof makeApiClient>>

async function registerWithMarks(): Promise<MarkedClient> {
  const apiClient = await makeApiClient(keyrack, keyrack.organization.id, mark('client secret'))
  const at = (endpoint: string) => endpointPath(endpoint, { id: apiClient.id })
  const wish = { name: 'x', clientId: 'x-client', clientSecret: mark('registered secret'), environment: 'SANDBOX', upstreamId: 'sandbox' }
  await post('/api/api-clients', wish)
  await post('/api/api-clients', { ...wish, environment: 'NOWHERE', clientSecret: mark('secret of a wrong form') })
  await post('/api/api-clients', { ...wish, clientSecret: `${mark('secret with a blank')} x` })
  await post('/api/api-clients', { ...wish, clientSecret: [mark('secret in a list')] })
  await keyrack.fetchAs('owner', '/api/api-clients', { method: 'POST', body: `{"clientSecret":"${mark('secret in broken JSON', '')}` })
  await keyrack.fetchAs('viewer', '/api/api-clients', { method: 'POST', body: JSON.stringify({ ...wish, clientSecret: mark('secret of a viewer') }) })
  await post(at('/api/api-clients/:id/secret'), { clientSecret: mark('secret that Octorate does not know') })
  for (const action of ['admin-token', 'preflight', 'callback']) await post(at(`/api/api-clients/:id/${action}`), {})
  await post(at('/api/api-clients/:id/secret'), { clientSecret: apiClient.clientSecret })
  for (const action of ['admin-token', 'preflight', 'callback']) await post(at(`/api/api-clients/:id/${action}`), {})
  await keyrack.fetchAs('owner', at('/api/api-clients/:id'))
  return apiClient
}

/** The right call of each endpoint as everybody, then with a marked secret in every place that takes a text. */
async function everyEndpointWithMarks(): Promise<void> {
  for (const { endpoint } of await listEndpoints()) {
    const name = `${endpoint.method} ${endpoint.path}`
    for (const role of [...ROLES, null]) {
      const call = await prepare(name, { ...scene(), role: role ?? 'owner' })
      const session = role ? keyrack.organization.people[role].cookie : null
      const cookie = [session, call.cookie].filter(Boolean).join('; ') || null
      const body = call.body ? { body: JSON.stringify(call.body) } : {}
      await keyrack.fetchWith(cookie, call.path, { method: endpoint.method, ...body })
    }
    const call = await prepare(name, scene())
    const secret = mark(`text in ${name}`)
    const wrong = Object.fromEntries(Object.keys(call.body ?? {}).map((key) => [key, { secret }]))
    const headers = { authorization: `Bearer ${mark(`bearer to ${name}`, '')}`, 'x-api-key': secret, 'user-agent': 'canary' }
    await keyrack.fetchAs('owner', `${call.path}?secret=${encodeURIComponent(secret)}`, { method: endpoint.method, headers, ...(call.body ? { body: JSON.stringify(wrong) } : {}) })
    await keyrack.fetchAs('owner', call.path, { method: endpoint.method, body: JSON.stringify({ ...call.body, secret }), headers })
    await keyrack.fetchAs('owner', call.path, { method: endpoint.method, body: secret, headers })
  }
}

/** A key on the machine API, rightly, wrongly, in the wrong places and after its end. */
async function useMachineKeys(): Promise<void> {
  const made = await post('/api/machine-keys', { name: 'Canary', environment: 'SANDBOX', scopes: ['connections:read'] })
  const { key, machineKey } = made.json() as { key: string; machineKey: { id: string } }
  const call = (authorization: string, query = '') =>
    keyrack.fetchWith(null, `${MACHINE_API_BASE}/connections${query}`, { headers: { authorization, 'user-agent': 'canary' } })
  const used = await call(`Bearer ${key}`)
  if (used.status !== 200) throw new Error(`a key was not let in: ${used.whole}`)
  for (const header of [`Basic ${key}`, key, `Bearer ${key}x`, `Bearer ${key} ${key}`]) await call(header)
  await call(`Bearer ${key}`, `?key=${key}`)
  await post(`/api/machine-keys/${machineKey.id}/successor`, { oldKey: { endsInHours: 0 } })
  await call(`Bearer ${key}`)
  await keyrack.fetchAs('owner', '/api/machine-keys')
}

/** What an address of Octorate was told, and may say again. */
type Told = readonly string[]
type Fault = (told: Told) => Record<string, unknown> | null

const echo = (told: Told) => `This does not go together: ${told.join(' and ')}.`

const FAULTS: readonly Fault[] = [
  () => null,
  (told) => ({ kind: 'status', status: 400, body: JSON.stringify({ message: echo(told), type: 'ApiParamsExemption', element: 'code' }), contentType: 'application/json' }),
  (told) => ({ kind: 'status', status: 401, body: JSON.stringify({ error: 'invalid_client', error_description: echo(told) }), contentType: 'application/json' }),
  (told) => ({ kind: 'status', status: 500, body: `<html>${echo(told)}</html>`, contentType: 'text/html' }),
  (told) => ({ kind: 'status', status: 200, body: echo(told), contentType: 'text/plain' }),
  (told) => ({ kind: 'redirect', location: `https://evil.example/?told=${encodeURIComponent(echo(told))}` }),
  () => ({ kind: 'truncate', keepBytes: 60 }),
  () => ({ kind: 'override', merge: { access_token: 7 } }),
  () => ({ kind: 'override', remove: ['access_token'] }),
  () => ({ kind: 'override', contentType: 'text/html' }),
  () => ({ kind: 'override', merge: { expireDate: 'the day after tomorrow' } }),
  () => ({ kind: 'reset', when: 'after' }),
  () => ({ kind: 'no-answer', when: 'after', holdMs: 1_000 }),
  () => ({ kind: 'quota' }),
  () => ({ kind: 'huge', bytes: 2_000_000 }),
]

/** A flow and a refresh while the sandbox fails in one way at each of its addresses. */
async function connectAndRefresh(apiClient: MarkedClient, fault: Fault): Promise<void> {
  const { sandbox, organization } = keyrack
  for (const endpoint of ['identity/token', 'accommodation', 'user/info']) {
    const flow = keepFlow(await startFlow(scene(), apiClient))
    // Client secret and code are told to the identity service alone.
    const rule = fault(endpoint === 'identity/token' ? [apiClient.clientSecret, flow.code, flow.state] : [flow.state])
    if (rule) await sandbox.addFault({ ...rule, endpoint, count: 2 })
    const back = await keyrack.fetchWith(`${organization.people.owner.cookie}; ${flow.cookie}`, flow.returnAddress.slice(keyrack.url.length))
    await sandbox.clearFaults()
    if (back.headers.location) await keyrack.fetchAs('owner', back.headers.location.slice(keyrack.url.length))
    await keyrack.fetchAs('owner', `/api/authorizations/${flow.authorizationId}`)
    await keyrack.fetchAs('owner', `/connections/attempts/${flow.authorizationId}`)
  }
  const connection = await makeConnection(keyrack, { ...organization, apiClient })
  const rule = fault([apiClient.clientSecret, connection.refreshToken, connection.accessToken])
  if (rule) await sandbox.addFault({ ...rule, endpoint: 'identity/refresh', count: 2 })
  await post(`/api/connections/${connection.id}/refresh`, {})
  await sandbox.clearFaults()
  for (const address of [`/api/connections/${connection.id}`, `/connections/${connection.id}`]) await keyrack.fetchAs('owner', address)
}

/** Octorate takes the code, and the refresh token, and never answers: the deadlines end it. */
async function runOutOfTime(): Promise<void> {
  const { sandbox, organization } = keyrack
  const flow = keepFlow(await startFlow(scene()))
  const connection = await makeConnection(keyrack, organization)
  for (const endpoint of ['identity/token', 'identity/refresh']) await sandbox.addFault({ endpoint, kind: 'no-answer', when: 'after', holdMs: 60_000, count: 2 })
  const back = keyrack.fetchWith(`${organization.people.owner.cookie}; ${flow.cookie}`, flow.returnAddress.slice(keyrack.url.length))
  const [{ headers }, refreshed] = await Promise.all([back, post(`/api/connections/${connection.id}/refresh`, {})])
  if (headers.location === undefined || refreshed.status !== 504) throw new Error(`this was no time-out: ${refreshed.whole}`)
  await keyrack.fetchAs('owner', headers.location.slice(keyrack.url.length))
}

function keepFlow(flow: StartedFlow): StartedFlow {
  secrets.set(`code of ${flow.authorizationId}`, flow.code)
  secrets.set(`state of ${flow.authorizationId}`, flow.state)
  secrets.set(`browser of ${flow.authorizationId}`, flow.cookie.split('=')[1] ?? '')
  return flow
}

/** Whatever Octorate gave in all this: opened with the key, as nobody without it could. */
async function readBackSealedTokens(): Promise<void> {
  const connections = await keyrack.sql.query<Record<string, string>>(
    `SELECT id, organization_id, access_token_sealed, access_token_version, refresh_token_sealed, refresh_token_version FROM connections WHERE access_token_sealed IS NOT NULL`,
  )
  for (const row of connections.rows) {
    for (const kind of ['access', 'refresh']) {
      const context = {
        table: 'connections', column: `${kind}_token_sealed`, organizationId: row['organization_id'] ?? '', rowId: row['id'] ?? '',
        version: Number(row[`${kind}_token_version`]),
      }
      secrets.set(`${kind} token of ${row['id']}`, open(keyrack.keys, context, row[`${kind}_token_sealed`] ?? ''))
    }
  }
  const admin = await keyrack.sql.query<Record<string, string>>('SELECT id, organization_id, token_sealed FROM admin_tokens')
  for (const row of admin.rows) {
    const context = { table: 'admin_tokens', column: 'token_sealed', organizationId: row['organization_id'] ?? '', rowId: row['id'] ?? '', version: 1 }
    secrets.set(`admin token ${row['id']}`, open(keyrack.keys, context, row['token_sealed'] ?? ''))
  }
}

/** Every page as everybody, whole and in each of the forms in which Next sends its parts. */
async function everyPage(addresses: readonly PageAddress[]): Promise<void> {
  const forms = [
    {}, { rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1' },
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_full' },
  ]
  for (const { address } of addresses) {
    for (const role of [...ROLES, null]) for (const headers of forms) await keyrack.fetchAs(role, `${address}?_rsc=1`, { headers })
  }
}

const FORMS = ['plain', 'in base64', 'escaped for an address', 'escaped for JSON', 'reversed', 'its first 12 characters']

/** The six forms in which a secret is looked for. */
function formsOf(secret: string): string[] {
  return [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    [...secret].toReversed().join(''),
    secret.slice(0, 12),
  ]
}

/** The secrets that a text holds: what each is, in which form, and what stands before it there. */
function found(text: string, but: (what: string) => boolean = () => false): string[] {
  return [...secrets].flatMap(([what, secret]) => {
    const form = but(what) ? -1 : formsOf(secret).findIndex((one) => text.includes(one))
    if (form < 0) return []
    const at = text.indexOf(formsOf(secret)[form] ?? '')
    return [`${what}, ${FORMS[form]}, after "${text.slice(Math.max(0, at - 40), at)}"`]
  })
}

describe('the run', () => {
  test('used every kind of secret, so that there was something to find', () => {
    const kinds = new Set([...secrets.keys()].map((what) => what.replace(/ of [0-9a-f-]{36}$| [0-9a-f-]{36}$/, '')))
    expect([...kinds]).toEqual(expect.arrayContaining(['password', 'client secret', 'code', 'state', 'access token', 'refresh token', 'admin token', 'machine key', 'link token', 'key-encryption key']))
    expect(secrets.size).toBeGreaterThan(150)
    expect([...secrets.values()].filter((secret) => secret.length < 12)).toEqual([])
  })

  test('saw services succeed and fail', () => {
    const statuses = new Set(answers.map(({ whole }) => whole.split('\n', 1)[0]))
    expect([...statuses]).toEqual(expect.arrayContaining(['200', '303', '307', '400', '401', '403', '404', '409', '502']))
    expect(answers.length).toBeGreaterThan(500)
  })

  test('would find a secret in any of its forms', () => {
    const [[what = '', secret = ''] = []] = secrets
    expect(formsOf(secret).map((form) => found(`… ${form} …`).length)).toEqual(formsOf(secret).map(() => 1))
    expect(found(`… ${secret.slice(0, 11)} …`)).toEqual([])
    expect(what).not.toBe('')
  })
})

describe('no secret is seen', () => {
  test('in any answer, but for the state in the address to which the browser is sent for consent', () => {
    const leaks = answers.flatMap(({ asked, whole }) => {
      const isStart = asked === 'POST /oauth/authorize'
      return found(whole, (what) => isStart && what.startsWith('state of ')).map((what) => `${asked}: ${what}`)
    })
    expect(leaks).toEqual([])
  })

  test('in what the console prints at the level trace', () => {
    const output = keyrack.process.output()
    expect(output.split('\n').length).toBeGreaterThan(500)
    expect(output).toContain('/oauth/callback/')
    expect(found(output)).toEqual([])
  })

  test("in the callback's own line of the log, which has lost its query", () => {
    const lines = keyrack.process.output().split('\n').filter((line) => line.includes('"path":"/oauth/callback/'))
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.filter((line) => line.includes('?') || line.includes('code='))).toEqual([])
  })

  test("in the database's own log, files and write-ahead log", async () => {
    await keyrack.sql.query('CHECKPOINT').catch(() => undefined)
    const leaks: string[] = []
    const sizes: number[] = []
    for (const file of await filesBelow(keyrack.dataFolder)) {
      // The sandbox plays Octorate, who knows every token; the database's passwords have a file of their own.
      // Without a mail server a mail is a file, for the owner of the machine to read: its link is what it is for.
      if (file.includes('/sandbox/') || file.endsWith('/postgres.json') || file.endsWith('.eml')) continue
      const text = await readFile(file, 'latin1').catch(emptyIfGone)
      sizes.push(text.length)
      leaks.push(...[...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => `${file}: ${what}`))
    }
    expect(leaks).toEqual([])
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(200)
  })

  test('in the environment or the command line of the processes that the console starts', async () => {
    const seen: string[] = []
    let children = 0
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const [commandLine, environment] = await Promise.all(['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')))
      if (!commandLine?.includes(keyrack.dataFolder)) continue
      children += 1
      seen.push(...found(`${commandLine} ${environment}`).map((what) => `${commandLine.slice(0, 60)}: ${what}`))
    }
    expect(children).toBeGreaterThan(1)
    expect(seen).toEqual([])
  })
})

describe('what browsers download', () => {
  /** Variables that a person reads about on a page: their names are texts there, and nothing else. */
  const NAMED_IN_TEXTS = /KEYRACK_KEYS|KEYRACK_UPSTREAMS|KEYRACK_URL|KEYRACK_SMTP_URL|KEYRACK_MAIL_FROM|TRUSTED_PROXIES/

  test('holds no secret, no server variable and no server module', async () => {
    const files = await filesBelow(path.join(ROOT, '.next', 'static'))
    const faults: string[] = []
    for (const file of files) {
      const text = await readFile(file, 'utf8')
      const names = ENV_NAMES.filter((name) => name.includes('_') && !NAMED_IN_TEXTS.test(name) && text.includes(name))
      const modules = ['createDecipheriv', 'PrismaClient', '@node-rs/argon2', 'node:crypto', 'pg-protocol', 'server-only'].filter((name) => text.includes(name))
      faults.push(...[...found(text), ...names, ...modules].map((what) => `${path.basename(file)}: ${what}`))
    }
    expect(files.length).toBeGreaterThan(10)
    expect(faults).toEqual([])
  })
})
