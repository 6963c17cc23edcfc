import { X509Certificate } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeKey } from '@/server/crypto/parse-keys'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/server/database/embedded-postgres'
import { ask } from '../ask'
import { findPostgresFolder } from '../console-postgres'
import { eventually } from '../processes'
import { makeStage, type Stage } from './stage'

let stage: Stage

beforeEach(async () => {
  stage = await makeStage()
})
afterEach(() => stage.clear())

const statusOf = (origin: string, target = '/healthz') => ask(origin, target).then((answer) => answer.status, () => 0)

describe('with KEYRACK_TLS=self-signed', () => {
  test('speaks https itself, with one certificate for this host that only its owner can read', async () => {
    const origin = `https://localhost:${stage.port}`
    const file = path.join(stage.dataFolder, 'self-signed-localhost.crt')
    const first = stage.launch({ KEYRACK_TLS: 'self-signed' })
    expect(await eventually(() => statusOf(origin), (status) => status === 200, 60_000)).toBe(200)
    const certificate = new X509Certificate(await readFile(file))
    expect(certificate.checkHost('localhost')).toBe('localhost')
    expect((await stat(file.replace(/crt$/, 'key'))).mode & 0o777).toBe(0o600)
    const page = await ask(origin, '/set-up')
    expect([page.status, page.headers['strict-transport-security']]).toEqual([200, undefined])
    // No plain http beside it.
    expect(await statusOf(stage.url)).toBe(0)
    first.interrupt()
    await first.exited

    stage.launch({ KEYRACK_TLS: 'self-signed' })
    expect(await eventually(() => statusOf(origin), (status) => status === 200, 60_000)).toBe(200)
    expect(new X509Certificate(await readFile(file)).fingerprint256).toBe(certificate.fingerprint256)
  })
})

describe('with a PostgreSQL of one’s own', () => {
  let folder: string
  let postgres: EmbeddedPostgres

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-own-'))
    await chmod(folder, 0o755)
    postgres = await startEmbeddedPostgres(folder)
  })
  afterEach(async () => {
    await stage.clear()
    await postgres.stop()
    await rm(postgres.place.movedTo ?? folder, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  })

  const own = () => ({ DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl })

  test('is sealed without a key: alive, not ready, and everything else says why', async () => {
    const sealed = stage.launch(own())
    expect(await eventually(() => statusOf(stage.url), (status) => status === 200, 60_000)).toBe(200)
    const ready = await ask(stage.url, '/readyz')
    expect([ready.status, ready.json()]).toEqual([503, { status: 'not ready', checks: { database: 'ok', migrations: 'ok', keys: 'sealed' } }])
    const shut = ['/', '/set-up', '/sign-in', '/connections', '/api/sessions', '/api/auth/csrf', '/oauth/callback/x?code=1&state=2', '/nowhere', '/_next/static/x.js']
    const answers = await Promise.all(shut.map(async (target) => ask(stage.url, target)))
    expect(answers.map((answer) => [answer.status, answer.text.includes('Keyrack is sealed')])).toEqual(shut.map(() => [503, true]))
    expect((await ask(stage.url, '/api/set-up', { method: 'POST', body: '{}' })).status).toBe(503)
    expect(sealed.output()).toContain('set KEYRACK_KEYS')
    expect(sealed.output()).not.toContain('Set-up code')
    sealed.interrupt()
    expect(await sealed.exited).toBe(0)
  })

  test('starts with a key, is ready, and leaves the database running when it ends', async () => {
    const console_ = stage.launch({ ...own(), KEYRACK_KEYS: makeKey('k1') })
    await console_.ready()
    expect((await ask(stage.url, '/set-up')).status).toBe(200)
    console_.interrupt()
    expect(await console_.exited).toBe(0)
    // The same database once more: the key that it was written with is known there.
    const wrong = stage.launch({ ...own(), KEYRACK_KEYS: makeKey('k1') })
    expect(await wrong.exited).toBe(1)
    expect(wrong.output()).toContain('is not the key that this database was written with')
  })
})

describe('with a PostgreSQL that does not let us in', () => {
  let postgres: EmbeddedPostgres
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-own-'))
    await chmod(folder, 0o755)
    postgres = await startEmbeddedPostgres(folder)
  })
  afterAll(async () => {
    await postgres.stop()
    await rm(postgres.place.movedTo ?? folder, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  })

  const changed = (url: string, parts: Partial<URL>) => Object.assign(new URL(url), parts).href

  test.each([
    ['the wrong password of the owner', 'DATABASE_OWNER_URL', { password: 'sesame' }, /DATABASE_OWNER_URL.*user or password/],
    ['a database that is not there', 'DATABASE_OWNER_URL', { pathname: '/none' }, /DATABASE_OWNER_URL.*"none".*does not exist/],
    ['a host that is not there', 'DATABASE_OWNER_URL', { hostname: 'none.invalid' }, /DATABASE_OWNER_URL.*none\.invalid.*does not answer/],
    ['the wrong password of the console', 'DATABASE_URL', { password: 'sesame' }, /DATABASE_URL.*user or password/],
    ['a role of the console that is not there', 'DATABASE_URL', { username: 'nobody' }, /DATABASE_URL.*user or password is wrong \(user "nobody"\)/],
  ] as const)('says which variable holds %s', async (...[, variable, change, says]) => {
    const own = { DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl }
    const console_ = stage.launch({ ...own, KEYRACK_KEYS: makeKey('k1'), [variable]: changed(own[variable], change) })
    expect({ code: await console_.exited, output: console_.output() }).toEqual({ code: 1, output: expect.stringMatching(says) })
    const passwords = [postgres.appUrl, postgres.ownerUrl, 'x://:sesame@x'].map((url) => new URL(url).password)
    expect(passwords.filter((password) => console_.output().includes(password))).toEqual([])
  })
})

describe('in a folder that only its owner may enter', () => {
  test('runs all the same: root moves the database to where its user can go, and says so', async () => {
    await chmod(path.dirname(stage.dataFolder), 0o700)
    const console_ = stage.launch()
    await console_.ready()
    const moved = /the data is in (\/var\/lib\/keyrack\/\w+)\./.exec(console_.output())?.[1]
    const isRoot = process.getuid?.() === 0
    expect(await findPostgresFolder(stage.dataFolder)).toBe(isRoot ? `${moved}/postgres` : `${stage.dataFolder}/postgres`)
    expect((await ask(stage.url, '/set-up')).status).toBe(200)
  })
})

describe('without the sandbox', () => {
  test('offers no API client of its own and opens no second port', async () => {
    const console_ = stage.launch({ KEYRACK_SANDBOX: 'off' })
    await console_.ready()
    expect(console_.output()).not.toContain('The sandbox is at')
    expect(await statusOf(`http://127.0.0.1:${stage.sandboxPort}`, '/')).toBe(0)
  })
})
