import { afterEach, beforeEach, expect, test } from 'vitest'
import { SESSION_COOKIE } from '@/server/auth/session-cookie'
import { ask } from '../ask'
import { ownPageHeaders } from '../console'
import { findPostgresFolder } from '../console-postgres'
import { eventually, processesOn } from '../processes'
import { makeStage, type Stage } from './stage'

let stage: Stage

beforeEach(async () => {
  stage = await makeStage()
})
afterEach(() => stage.clear())

const PERSON = { organizationName: 'Northwind', name: 'Robin', email: 'robin@keyrack.example', password: 'four unrelated words of mine' }
const codeIn = (output: string) => /Set-up code: (\S+)/.exec(output)?.[1] ?? null

async function setUp(code: string | null): Promise<number> {
  const body = JSON.stringify({ ...PERSON, code })
  const answer = await ask(stage.url, '/api/set-up', { method: 'POST', body, headers: { ...ownPageHeaders(stage.url), 'content-type': 'application/json' } })
  return answer.status
}

async function signIn(): Promise<string> {
  const csrf = await ask(stage.url, '/api/auth/csrf')
  const { csrfToken } = csrf.json() as { csrfToken: string }
  const body = new URLSearchParams({ csrfToken, email: PERSON.email, password: PERSON.password, json: 'true' }).toString()
  const answer = await ask(stage.url, '/api/auth/callback/credentials', {
    method: 'POST', body,
    headers: { ...ownPageHeaders(stage.url), cookie: csrf.setCookies[0]?.split(';', 1)[0], 'content-type': 'application/x-www-form-urlencoded' },
  })
  return answer.setCookies.find((line) => line.startsWith(SESSION_COOKIE))?.split(';', 1)[0] ?? ''
}

const kindsOf = (lines: readonly string[]) => ({ postgres: lines.some((line) => line.includes('postgres -D')), sandbox: lines.some((line) => line.includes('sandbox.js')) })
const isFree = (port: number) => ask(`http://127.0.0.1:${port}`, '/').then(() => false, () => true)

test('npm start serves the set-up on an empty folder, Ctrl-C ends everything, and the second start finds the data', async () => {
  const first = stage.launch({}, { byNpm: true })
  await first.ready()
  expect(first.output()).toContain(`Keyrack is at ${stage.url}\n`)
  expect(first.output()).toContain(`The sandbox is at http://127.0.0.1:${stage.sandboxPort}/\n`)
  expect(first.output()).toContain(`A new key was made in ${stage.dataFolder}/keys: back it up`)
  expect((await ask(stage.url, '/')).headers.location).toBe('/set-up')
  expect((await ask(stage.url, '/set-up')).status).toBe(200)
  expect(kindsOf(await processesOn(stage.dataFolder))).toEqual({ postgres: true, sandbox: true })
  const code = await eventually(async () => codeIn(first.output()), (found) => found !== null)
  expect(await setUp('AAAAA-AAAAA-AAAAA-AAAAA')).toBe(403)
  // However many come at the same moment, one makes the owner; the others find it made, or are too many.
  const statuses = await Promise.all(Array.from({ length: 20 }, () => setUp(code)))
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.filter((status) => ![200, 404, 429].includes(status))).toEqual([])

  first.interrupt()
  await first.exited
  expect(await eventually(() => processesOn(stage.dataFolder), (left) => left.length === 0)).toEqual([])
  expect(await Promise.all([isFree(stage.port), isFree(stage.sandboxPort)])).toEqual([true, true])

  const second = stage.launch()
  await second.ready()
  expect((await ask(stage.url, '/')).headers.location).toBe('/sign-in')
  const session = await signIn()
  const clients = await ask(stage.url, '/api/api-clients', { headers: { cookie: session } })
  expect(clients.json()).toMatchObject({ items: [{ name: 'Sandbox', clientId: 'keyrack-sandbox', redirectUri: expect.stringContaining(stage.url) }] })
  expect(codeIn(second.output())).toBeNull()
  expect(await setUp(code)).toBe(404)
  second.interrupt()
  expect(await second.exited).toBe(0)
})

test('a start after kill -9 takes the database over and loses nothing, and the sandbox went with its parent', async () => {
  const first = stage.launch()
  await first.ready()
  expect(await setUp(await eventually(async () => codeIn(first.output()), (found) => found !== null))).toBe(200)
  first.killParent()
  await first.exited
  const left = await eventually(() => processesOn(stage.dataFolder), (lines) => !kindsOf(lines).sandbox)
  // The database has a session of its own and outlives the kill: that is what has to be taken over.
  expect(kindsOf(left)).toEqual({ postgres: true, sandbox: false })

  const second = stage.launch()
  await second.ready()
  expect(second.output()).toContain('it was taken over')
  expect(await signIn()).toMatch(/^__Host-/)
  second.interrupt()
  expect(await second.exited).toBe(0)
  expect(await eventually(() => processesOn(stage.dataFolder), (lines) => lines.length === 0)).toEqual([])
})

test('Ctrl-C in the middle of the start leaves nothing behind', async () => {
  const console_ = stage.launch()
  await eventually(() => findPostgresFolder(stage.dataFolder), (folder) => folder !== null)
  await eventually(() => processesOn(stage.dataFolder), (lines) => kindsOf(lines).postgres)
  console_.interrupt()
  expect(await console_.exited).toBe(0)
  expect(await eventually(() => processesOn(stage.dataFolder), (lines) => lines.length === 0)).toEqual([])
})

test('SIGTERM, which service managers send, is a Ctrl-C', async () => {
  const console_ = stage.launch()
  await console_.ready()
  process.kill(console_.pid, 'SIGTERM')
  expect(await console_.exited).toBe(0)
  expect(await eventually(() => processesOn(stage.dataFolder), (lines) => lines.length === 0)).toEqual([])
})

test('a second console on the same folder is refused in words and leaves the first alone', async () => {
  const first = stage.launch()
  await first.ready()
  const other = await makeStage()
  const second = stage.launch({ PORT: String(other.port), KEYRACK_SANDBOX_PORT: String(other.sandboxPort) })
  expect(await second.exited).toBe(1)
  expect(second.output()).toContain(`Another Keyrack is already running on ${stage.dataFolder}`)
  expect((await ask(stage.url, '/readyz')).status).toBe(200)
  expect(kindsOf(await processesOn(stage.dataFolder))).toEqual({ postgres: true, sandbox: true })
  await other.clear()
})
