import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSandbox, type SandboxOptions } from './create-sandbox'
import { defaultSeed } from './models/default-seed'
import { createCaller, HOUR_MS, jsonOf, REDIRECT_URI, startSandbox, tokensOf } from './testing/start'
import { createParallelPoster } from './testing/post-in-parallel'

const oauth: SandboxOptions = { settings: { errorStyle: 'oauth' } }

describe('what certification suites ask of an authorization server (Case 1: consent flow)', () => {
  it('answers a code that is used again after a second with invalid_grant, and ends what it gave', async () => {
    const { approve, redeem, refresh, clock } = await startSandbox(oauth)
    const code = await approve()
    const { refresh_token: token } = await tokensOf(await redeem(code))
    clock.at += 1_000
    const second = await redeem(code)
    expect([second.status, (await jsonOf(second)).error]).toEqual([400, 'invalid_grant'])
    expect((await jsonOf(await refresh(token))).error).toBe('invalid_grant')
  })

  it('answers a first use after 62 seconds with invalid_grant, because codes live for 60', async () => {
    const { approve, redeem, clock } = await startSandbox(oauth)
    const code = await approve()
    clock.at += 62_000
    const response = await redeem(code)
    expect([response.status, (await jsonOf(response)).error]).toEqual([400, 'invalid_grant'])
  })

  it.each([
    ['another redirect_uri', { redirect_uri: 'https://localhost/other' }, 400, 'invalid_grant'],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ["another API client's credentials", { client_id: 'other', client_secret: 'sbx_other' }, 400, 'invalid_grant'],
    ['no code', { code: '' }, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
  ] as const)('refuses %s, and leaves the code good for its owner', async (_, fields, ...expected) => {
    const { sandbox, approve, redeem } = await startSandbox(oauth)
    await sandbox.control.addApiClient({ clientId: 'other', clientSecret: 'sbx_other' })
    const code = await approve()
    const response = await redeem(code, fields)
    expect([response.status, (await jsonOf(response)).error]).toEqual(expected)
    expect((await redeem(code)).status).toBe(200)
  })

  it('lets exactly one of 20 parallel redemptions win, in 200 of 200 rounds', async () => {
    const { sandbox, approve, credentials } = await startSandbox()
    const poster = createParallelPoster(`${sandbox.apiUrl}/rest/v1/identity/token`, 20)
    onTestFinished(() => poster.close())
    for (let round = 0; round < 200; round += 1) {
      const statuses = await poster.post({ ...credentials, redirect_uri: REDIRECT_URI, grant_type: 'code', code: await approve() })
      expect(statuses.toSorted((one, other) => one - other)).toEqual([200, ...Array<number>(19).fill(400)])
    }
    expect(sandbox.truthLog({ type: 'code.redeemed' })).toHaveLength(200)
    expect(sandbox.truthLog({ type: 'code.refused' })).toHaveLength(3_800)
  }, 40_000)

  it('lets exactly one of 20 parallel redemptions win over a data folder, too', async () => {
    const sandbox = await createSandbox({ dataFolder: newFolder() })
    onTestFinished(() => sandbox.close())
    const { approve, credentials } = createCaller(sandbox)
    const poster = createParallelPoster(`${sandbox.apiUrl}/rest/v1/identity/token`, 20)
    onTestFinished(() => poster.close())
    for (let round = 0; round < 10; round += 1) {
      const statuses = await poster.post({ ...credentials, redirect_uri: REDIRECT_URI, grant_type: 'code', code: await approve() })
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    }
  }, 20_000)

  it('keeps a withdrawn grant dead, whatever the clock shows later', async () => {
    const { sandbox, connect, refresh, get, clock } = await startSandbox()
    const tokens = await connect()
    await sandbox.control.revoke({})
    clock.at += 24 * HOUR_MS
    expect((await refresh(tokens.refresh_token)).status).toBe(403)
    await sandbox.control.clock.set(0)
    expect((await get('user/info', tokens.access_token)).status).toBe(401)
  })
})

describe('it cannot be taken for production', () => {
  const [client] = defaultSeed.apiClients
  const realSecret = `secret_${'0123456789abcdef'.repeat(2)}XYZ`
  const realSeed = { ...defaultSeed, apiClients: client ? [{ ...client, clientSecret: realSecret }] : [] }
  const starts = ['127.0.0.1', 'localhost', '::1', '0.0.0.0'].flatMap((host) => (['lenient', 'strict', 'with data'] as const).map((way) => [host, way] as const))

  it.each(starts)('refuses to start on %s, %s, with a secret that looks like one of Octorate\'s', async (host, way) => {
    const dataFolder = newFolder()
    await expect(createSandbox({ host, seed: realSeed, ...(way === 'with data' ? { dataFolder } : { mode: way }) })).rejects.toThrow(
      'looks like a secret that Octorate issued',
    )
  })

  it('refuses such a secret later, too, in words that do not hold it', async () => {
    const { sandbox } = await startSandbox()
    const send = (method: string, call: string, body: unknown) =>
      fetch(`${sandbox.controlUrl}/${call}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    for (const response of [
      await send('POST', 'api-clients', { clientId: 'x', clientSecret: realSecret }),
      await send('PUT', 'api-clients/keyrack-sandbox/secret', { clientSecret: realSecret }),
      await send('POST', 'reset', { seed: realSeed }),
    ]) {
      expect(response.status).toBe(400)
      expect(await response.text()).not.toContain('0123456789abcdef')
    }
  })

  it('notes a request that carries one, because the client is pointed at the wrong place', async () => {
    const { sandbox, post } = await startSandbox()
    expect((await post('identity/apilogin', { client_id: 'public_1', client_secret: realSecret })).status).toBe(401)
    expect(sandbox.control.tape.read()[0]?.notes.map(({ rule }) => rule)).toContain('real-credentials')
    expect(JSON.stringify([sandbox.control.tape.read(), sandbox.truthLog()])).not.toContain('0123456789abcdef')
  })

  it('listens on loopback only, unless told otherwise', async () => {
    const { sandbox } = await startSandbox()
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)
    const { port } = new URL(sandbox.url)
    const answers = fetch(`http://${own?.address ?? '127.0.0.2'}:${port}/`, { signal: AbortSignal.timeout(2_000) }).then(Boolean, () => false)
    expect(await answers).toBe(false)
  })

  it('marks every code and token as its own', async () => {
    const { approve, connect, adminToken } = await startSandbox()
    const { access_token: access, refresh_token: refresh } = await connect()
    for (const token of [await approve(), access, refresh, await adminToken()]) expect(token).toMatch(/^sbx_/)
  })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-conformance-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data')
}
