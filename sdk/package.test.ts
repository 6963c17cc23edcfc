import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SOME_KEY, tokenAnswer } from '../tests/fake-keyrack'

/** Spelled in two parts: in this file itself no rule is switched off. */
const EXPECT_ERROR = ['@ts-', 'expect-error'].join('')

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const folder = mkdtempSync(join(tmpdir(), 'sdk-package-'))
const project = join(folder, 'empty-project')
const program = join(project, 'node_modules/.bin/keyrack')

/** Answers every call with the same token, or with a refusal. */
const keyrack = createServer((request, response) => {
  const isThere = request.url?.startsWith('/api/v1/properties/324410/access-token') && request.headers.authorization === `Bearer ${SOME_KEY}`
  response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' })
  response.end(JSON.stringify(isThere ? tokenAnswer('one') : { code: 'not_found', title: 'Nothing.' }))
})
let url = ''

/** Everything here waits for programs, on a machine that may be busy. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

beforeAll(async () => {
  await new Promise<void>((resolve) => void keyrack.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(keyrack.address() as AddressInfo).port}`
  const { stdout } = await run(process.execPath, [join(root, 'bin/pack-sdk.js'), folder])
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }))
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', stdout.trim()], { cwd: project })
})

afterAll(() => {
  keyrack.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the package keyrack-client', () => {
  it('depends on nothing, runs nothing when it is installed, and holds its licence and papers', () => {
    const description = JSON.parse(installed('package.json'))
    expect(description).toMatchObject({ name: 'keyrack-client', license: 'Apache-2.0', bin: { keyrack: 'dist/cli.js' } })
    expect([description.dependencies, description.peerDependencies, description.scripts]).toEqual([undefined, undefined, undefined])
    expect(installed('LICENSE')).toContain('Apache License')
    expect(installed('README.md')).toContain('createKeyrackClient')
    const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
    expect(Object.keys(packages)).toEqual(['', 'node_modules/keyrack-client'])
  })

  it.each([
    ['import', 'use.mjs', `import { createKeyrackClient } from 'keyrack-client'`],
    ['require', 'use.cjs', `const { createKeyrackClient } = require('keyrack-client')`],
  ])('gives its client to a module by %s', async (_, name, first) => {
    const file = join(project, name)
    writeFileSync(
      file,
      `${first}
const client = createKeyrackClient({ url: process.env.KEYRACK_URL, key: process.env.KEYRACK_MACHINE_KEY })
client.getAccessToken({ propertyId: '324410' }).then((token) => console.log(token.value))`,
    )
    const { stdout, stderr } = await run(process.execPath, ['--no-warnings=ExperimentalWarning', file], { env: settings() })
    expect([stdout, stderr]).toEqual(['one\n', ''])
  })

  it.each(['nodenext', 'bundler'])('carries its types to TypeScript, with module resolution %s', async (resolution) => {
    const config = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022'], types: ['node'], typeRoots: [join(modules, '@types')] }
    const kind = resolution === 'bundler' ? { module: 'esnext', moduleResolution: 'bundler' } : { module: 'nodenext' }
    const file = join(project, `tsconfig.${resolution}.json`)
    writeFileSync(file, JSON.stringify({ compilerOptions: { ...config, ...kind }, files: ['use.ts'] }))
    writeFileSync(
      join(project, 'use.ts'),
      `import { createKeyrackClient, KeyrackError, ReconnectRequiredError, type Connection, type KeyrackClient } from 'keyrack-client'
const client: KeyrackClient = createKeyrackClient({ url: 'https://keyrack.example.com', key: async () => 'krk_', minTtlSeconds: 60 })
const { value, secondsLeft } = await client.getAccessToken({ propertyId: '324410' })
for await (const { status, cause } of client.listConnections({ status: 'healthy' })) console.log(status, cause)
const response: Response = await client.fetchWithToken({ connectionId: 'x' }, 'https://api.octorate.com/')
const [first] = await client.getAccessTokens([{ propertyId: '1' }])
const sure: string | undefined = first?.token ? first.token.value : first?.error.code
const name = (connection: Connection): string => connection.name
const isGone = (error: unknown) => error instanceof ReconnectRequiredError || (error instanceof KeyrackError && error.code === 'not_found')
// ${EXPECT_ERROR} there is no such status
client.listConnections({ status: 'ill' })
// ${EXPECT_ERROR} one or the other
await client.getAccessToken({ property: '324410' })
// ${EXPECT_ERROR} a token is no text, so that it does not end up in one by mistake
const text: string = await client.getAccessToken({ propertyId: '324410' })
console.log(value, secondsLeft, response.status, sure, name, isGone, text)`,
    )
    const outcome = await run(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', file], { cwd: project }).then(
      () => 'compiles',
      (error: unknown) => (error instanceof Error && 'stdout' in error ? String(error.stdout) : 'fails'),
    )
    expect(outcome).toBe('compiles')
  })
})

describe('its command keyrack', () => {
  it('prints a token and ends with 0', async () => {
    expect(await command('token', '324410')).toEqual({ code: 0, stdout: 'one\n', stderr: '' })
  })

  it('ends with 1 when Keyrack refuses, and prints no result', async () => {
    expect(await command('token', '1')).toMatchObject({ code: 1, stdout: '', stderr: 'keyrack: Nothing. (not_found)\n' })
  })

  it('ends with 2 when it is used wrongly', async () => {
    expect(await command('token')).toMatchObject({ code: 2, stdout: '' })
  })

  it('ends quietly when nobody reads on', async () => {
    const { stdout, stderr } = await run('sh', ['-c', `("${program}" --help; echo "$?" >&2) | true`], { env: settings() })
    expect([stdout, stderr]).toEqual(['', '0\n'])
  })
})

function settings() {
  return { NODE_ENV: 'test' as const, PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, KEYRACK_URL: url, KEYRACK_MACHINE_KEY: SOME_KEY }
}

async function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await run(program, args, { env: settings() })) }
  } catch (error) {
    const { code = -1, stdout = '', stderr = '' }: Partial<{ code: number; stdout: string; stderr: string }> = { ...(error as object) }
    return { code, stdout, stderr }
  }
}

function installed(name: string): string {
  return readFileSync(join(project, 'node_modules/keyrack-client', name), 'utf8')
}
