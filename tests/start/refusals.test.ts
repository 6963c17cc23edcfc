import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeKey } from '@/server/crypto/parse-keys'
import { processesOn } from '../processes'
import { makeStage, type Stage } from './stage'

let stage: Stage

beforeEach(async () => {
  stage = await makeStage()
})
afterEach(() => stage.clear())

/** Starts and waits for the end: exit code, and what was printed but for the build's and Next's own lines. */
async function refused(env: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
  const console_ = stage.launch(env)
  const code = await console_.exited
  return { code, output: console_.output() }
}

const REFUSALS: readonly { readonly what: string; readonly env: Record<string, string>; readonly says: RegExp }[] = [
  { what: 'plain http away from this machine', env: { KEYRACK_URL: 'http://keyrack.example.com' }, says: /KEYRACK_URL is http:\/\/keyrack\.example\.com: plain http.*secure\s+session cookie.*https/s },
  { what: 'https that nobody speaks', env: { KEYRACK_URL: 'https://keyrack.example.com' }, says: /nothing here speaks https.*KEYRACK_TLS.*TRUSTED_PROXIES/s },
  { what: 'a path in the address', env: { KEYRACK_URL: 'http://localhost:3000/keyrack' }, says: /KEYRACK_URL must be a scheme, a host/ },
  { what: 'every address of this machine without TLS', env: { HOST: '0.0.0.0' }, says: /HOST is 0\.0\.0\.0.*plain http.*KEYRACK_TLS/s },
  { what: 'TLS under an address of plain http', env: { KEYRACK_TLS: 'self-signed', KEYRACK_URL: 'http://localhost:3000' }, says: /KEYRACK_URL must begin with https/ },
  { what: 'a certificate without its key', env: { KEYRACK_TLS: '/etc/keyrack.crt' }, says: /"self-signed" or "certificate file,key file"/ },
  { what: 'a certificate that is not there', env: { KEYRACK_TLS: '/none.crt,/none.key' }, says: /\/none\.crt, which cannot be read/ },
  { what: 'a database without its owner', env: { DATABASE_URL: 'postgresql://app:sesame@127.0.0.1:1/x' }, says: /DATABASE_OWNER_URL.*CREATE ROLE.*GRANT CREATE, CONNECT ON DATABASE.*GRANT CREATE, USAGE ON SCHEMA.*GRANT CONNECT/s },
  {
    what: 'one role for both',
    env: { DATABASE_URL: 'postgresql://app:sesame@127.0.0.1:1/x', DATABASE_OWNER_URL: 'postgresql://app:sesame@127.0.0.1:1/x' },
    says: /name the same role/,
  },
  {
    what: 'a database that does not answer',
    env: { DATABASE_URL: 'postgresql://app:sesame@127.0.0.1:1/x', DATABASE_OWNER_URL: 'postgresql://owner:sesame@127.0.0.1:1/x', KEYRACK_KEYS: makeKey('k1') },
    says: /DATABASE_OWNER_URL names a database at 127\.0\.0\.1:1 that does not answer/,
  },
  { what: 'a key that is none', env: { KEYRACK_KEYS: 'k1:sesame' }, says: /Key 1 is not "id:base64 of 32 bytes"/ },
  { what: 'a port that is none', env: { PORT: 'sesame' }, says: /PORT: .*\.env\.example documents/s },
  { what: 'a log level that is none', env: { LOG_LEVEL: 'sesame' }, says: /LOG_LEVEL/ },
  { what: 'a proxy that is none', env: { TRUSTED_PROXIES: '10.0.0.0/33' }, says: /TRUSTED_PROXIES/ },
  { what: 'an upstream by plain http', env: { KEYRACK_UPSTREAMS: 'x=http://a.example|http://b.example' }, says: /KEYRACK_UPSTREAMS.*https/s },
  {
    what: 'the sandbox at an address of elsewhere',
    env: { KEYRACK_SANDBOX: 'on', KEYRACK_URL: 'https://keyrack.example.com', TRUSTED_PROXIES: '10.0.0.1' },
    says: /KEYRACK_SANDBOX=on needs a KEYRACK_URL on this machine/,
  },
]

describe('is not started, with the reason in words', () => {
  test.each(REFUSALS)('$what', async ({ env, says }) => {
    const { code, output } = await refused(env)
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(says) })
    // A sentence for a person: no stack, and never the value of a secret.
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+\)?$|sesame/m)
    expect(await processesOn(stage.dataFolder)).toEqual([])
  })
})

describe('on a port that somebody else has', () => {
  let holder: Server

  const hold = (port: number) =>
    new Promise<void>((resolve) => {
      holder = createServer().listen(port, '127.0.0.1', resolve)
    })
  afterEach(() => holder.close())

  test('the console says which variable moves it, and takes down what it had started', async () => {
    await hold(stage.port)
    const { code, output } = await refused({})
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`Port ${stage.port} on 127.0.0.1 is taken; set PORT to another.`) })
    expect(await processesOn(stage.dataFolder)).toEqual([])
  })

  test('the sandbox says which variable moves it', async () => {
    await hold(stage.sandboxPort)
    const { code, output } = await refused({})
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(new RegExp(`${stage.sandboxPort}.*KEYRACK_SANDBOX_PORT`)) })
    expect(await processesOn(stage.dataFolder)).toEqual([])
  })
})

describe('with a key that is not the one', () => {
  test('stops with a sentence that says what to do, whether its id is known or not, and starts again with the right one', async () => {
    const right = makeKey('k1')
    const first = stage.launch({ KEYRACK_KEYS: right })
    await first.ready()
    first.interrupt()
    await first.exited

    const sameId = await refused({ KEYRACK_KEYS: makeKey('k1') })
    expect(sameId).toEqual({ code: 1, output: expect.stringMatching(/Key "k1" is not the key that this database was written with.*backup/s) })
    const otherId = await refused({ KEYRACK_KEYS: makeKey('k2') })
    expect(otherId).toEqual({ code: 1, output: expect.stringMatching(/written with key "k1", which is not configured.*Put it back into KEYRACK_KEYS/s) })
    expect(await processesOn(stage.dataFolder)).toEqual([])

    // Several keys may open; the first seals.
    const both = stage.launch({ KEYRACK_KEYS: `${makeKey('k2')},${right}` })
    await both.ready()
  })
})
