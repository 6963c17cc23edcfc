import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FaultRule } from './fault-rules'
import { consentUrl } from '../testing/browser'
import { CLIENT_ID, factsOf, jsonOf, startSandbox } from '../testing/start'

const TOKEN = 'identity/token'
const REFRESH = 'identity/refresh'

describe('faults are played by rule and count', () => {
  it('plays a rule once unless told otherwise, and shows its hits until it is used up', async () => {
    const { sandbox, connect, refresh } = await startSandbox()
    const { refresh_token: token } = await connect()
    sandbox.control.faults.add({ endpoint: REFRESH, count: 2, kind: 'status', status: 503 })
    expect((await refresh(token)).status).toBe(503)
    expect(sandbox.control.faults.list()).toMatchObject([{ hits: 1 }])
    expect([(await refresh(token)).status, (await refresh(token)).status]).toEqual([503, 200])
    expect(sandbox.control.faults.list()).toEqual([])
  })

  it('skips calls, aims at one API client, and lasts until removed with count 0', async () => {
    const { sandbox, post, credentials } = await startSandbox()
    await sandbox.control.addApiClient({ clientId: 'other', clientSecret: 'sbx_other' })
    const logIn = async (fields: Record<string, string>) => (await post('identity/apilogin', fields)).status
    const { id } = sandbox.control.faults.add({ endpoint: '*', clientId: 'other', count: 0, skip: 1, kind: 'status', status: 550 })
    const other = { client_id: 'other', client_secret: 'sbx_other' }
    expect([await logIn(credentials), await logIn(other), await logIn(other), await logIn(credentials), await logIn(other)]).toEqual([200, 200, 550, 200, 550])
    sandbox.control.faults.remove(id)
    expect(await logIn(other)).toBe(200)
  })

  it('aims at an API client by the bearer of a call, too', async () => {
    const { sandbox, connect, get, adminToken } = await startSandbox()
    const { access_token: token } = await connect()
    const admin = await adminToken()
    sandbox.control.faults.add({ endpoint: 'accommodation', clientId: 'somebody-else', count: 0, kind: 'status', status: 500 })
    expect((await get('accommodation', token)).status).toBe(200)
    sandbox.control.faults.clear()
    sandbox.control.faults.add({ endpoint: 'accommodation', clientId: CLIENT_ID, count: 0, kind: 'status', status: 500 })
    expect([(await get('accommodation', token)).status, (await get('accommodation', admin)).status]).toEqual([500, 500])
  })

  it.each([
    [{ endpoint: 'identity/nothing', kind: 'delay' }, 'endpoint'],
    [{ endpoint: '*', kind: 'explode' }, 'kind'],
    [{ endpoint: '*', kind: 'delay', count: -1 }, 'count'],
    [{ endpoint: '*', kind: 'delay', delayMs: '5' }, 'delayMs'],
    [{ endpoint: '*', kind: 'status', status: 99 }, 'status'],
    [{ endpoint: '*', kind: 'redirect' }, 'location'],
    [{ endpoint: '*', kind: 'reset', when: 'never' }, 'when'],
  ])('refuses the rule %j, naming %s', async (rule, name) => {
    const { sandbox } = await startSandbox()
    const response = await fetch(`${sandbox.controlUrl}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rule),
    })
    expect(response.status).toBe(400)
    expect((await jsonOf(response)).message).toContain(name)
  })
})

describe('faults that keep a request from taking effect', () => {
  it.each([
    [{ kind: 'quota' }, 403, 'ApiQuotaException'],
    [{ kind: 'login-expired' }, 403, 'ApiLoginExpired'],
    [{ kind: 'wrong-environment' }, 403, 'WrongEnviroment'],
    [{ kind: 'role-missing' }, 403, 'Caller not in requested role'],
    [{ kind: 'status', status: 502, body: '<h1>Bad gateway</h1>' }, 502, '<h1>Bad gateway</h1>'],
    [{ kind: 'status', status: 200, body: '<form>log in</form>' }, 200, '<form>log in</form>'],
  ] as const)('answers %j with %i and leaves the code unused', async (effect, status, text) => {
    const { sandbox, approve, redeem } = await startSandbox()
    const code = await approve()
    sandbox.control.faults.add({ endpoint: TOKEN, ...effect })
    const response = await redeem(code)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(text)
    expect((await redeem(code)).status).toBe(200)
  })

  it.each([301, 302, 303, 307, 308])('redirects elsewhere with %i', async (status) => {
    const { sandbox, redeem } = await startSandbox()
    sandbox.control.faults.add({ endpoint: '*', kind: 'redirect', status, location: 'http://127.0.0.1:9/canary' })
    const response = await redeem('x')
    expect([response.status, response.headers.get('location')]).toEqual([status, 'http://127.0.0.1:9/canary'])
  })

  it.each([{ kind: 'reset' }, { kind: 'no-answer', holdMs: 20 }] as const)('breaks the connection by %j before the effect', async (effect) => {
    const { sandbox, approve, redeem } = await startSandbox()
    const code = await approve()
    sandbox.control.faults.add({ endpoint: TOKEN, ...effect })
    await expect(redeem(code)).rejects.toThrow('fetch failed')
    expect(factsOf(sandbox)).not.toContain('code.redeemed')
    expect((await redeem(code)).status).toBe(200)
  })
})

describe('faults after the effect: the answer is lost, the grant exists', () => {
  it.each([{ kind: 'reset', when: 'after' }, { kind: 'no-answer', when: 'after', holdMs: 20 }, { kind: 'truncate', keepBytes: 10 }] as const)(
    'loses the answer by %j',
    async (effect) => {
      const { sandbox, approve, redeem } = await startSandbox()
      const code = await approve()
      sandbox.control.faults.add({ endpoint: TOKEN, ...effect })
      await expect(redeem(code).then((response) => response.text())).rejects.toThrow(/terminated|fetch failed/)
      expect(sandbox.truthLog({ type: 'code.redeemed' })).toHaveLength(1)
      expect((await redeem(code)).status).toBe(400)
    },
  )

  it('answers 500 though the refresh token has rotated', async () => {
    const { sandbox, connect, refresh } = await startSandbox({ settings: { refreshRotation: 'rotate' } })
    const { refresh_token: token } = await connect()
    sandbox.control.faults.add({ endpoint: REFRESH, kind: 'status', status: 500, when: 'after' })
    expect((await refresh(token)).status).toBe(500)
    expect(sandbox.control.inspect(token).status).toBe('retired')
  })

  it('lets go of a silent connection when the client gives up', async () => {
    const { sandbox } = await startSandbox()
    sandbox.control.faults.add({ endpoint: '*', kind: 'no-answer' })
    const patience = new AbortController()
    const outcome = fetch(consentUrl(sandbox), { signal: patience.signal }).then(() => 'answered', () => 'given up')
    await expect.poll(() => sandbox.control.faults.list(), { interval: 5 }).toEqual([])
    patience.abort()
    expect(await outcome).toBe('given up')
    expect((await fetch(consentUrl(sandbox))).status).toBe(200)
  })
})

describe('faults in the answer itself', () => {
  it.each([
    ['merges fields', { merge: { expireDate: '2020-02-30', extra: 1, refresh_token: null } }, { expireDate: '2020-02-30', extra: 1, refresh_token: null }],
    ['replaces the body', { replace: { access_token: 7 } }, { access_token: 7 }],
  ])('%s', async (_, override, expected) => {
    const { sandbox, approve, redeem } = await startSandbox()
    sandbox.control.faults.add({ endpoint: TOKEN, kind: 'override', ...override })
    expect(await jsonOf(await redeem(await approve()))).toMatchObject(expected)
  })

  it('removes fields, sends raw text with another type and status, and raw bytes under a lying encoding', async () => {
    const { sandbox, approve, redeem } = await startSandbox()
    const add = (rule: Partial<Extract<FaultRule, { kind: 'override' }>>) => sandbox.control.faults.add({ endpoint: TOKEN, kind: 'override', ...rule })
    add({ remove: ['refresh_token', 'expireDate'] })
    expect(Object.keys(await jsonOf(await redeem(await approve())))).toEqual(['access_token', 'token_type'])
    add({ raw: '{"a":1,"a":2}', contentType: 'text/plain', status: 201, headers: { 'x-extra': 'yes' } })
    const raw = await redeem(await approve())
    expect([raw.status, raw.headers.get('content-type'), raw.headers.get('x-extra'), await raw.text()]).toEqual([201, 'text/plain', 'yes', '{"a":1,"a":2}'])
    const bytes = gzipSync('zipped')
    add({ rawBase64: bytes.toString('base64'), headers: { 'content-encoding': 'identity' } })
    expect(gunzipSync(Buffer.from(await (await redeem(await approve())).arrayBuffer())).toString()).toBe('zipped')
  })

  it.each([
    ['java', '2026-03-17T09:10:11.36Z[UTC]'],
    ['iso', '2026-03-17T09:10:11.360Z'],
    ['nanoseconds', '2026-03-17T09:10:11.360123456Z[UTC]'],
    ['offset', '2026-03-17T11:10:11.360+02:00'],
    ['offset-and-zone', '2026-03-17T10:10:11.360+01:00[Europe/Rome]'],
    ['no-zone', '2026-03-17T09:10:11.360'],
    ['date-only', '2026-03-17'],
    ['epoch-ms', 1_773_738_611_360],
    ['epoch-s', 1_773_738_611],
    ['impossible', '2026-02-30T10:00:00Z[UTC]'],
    ['garbage', 'tomorrow'],
    ['empty', ''],
    ['null', null],
  ] as const)('writes the date in the form %s (Errors, Dates)', async (form, expireDate) => {
    const { sandbox, approve, redeem } = await startSandbox()
    sandbox.control.faults.add({ endpoint: TOKEN, kind: 'odd-date', form })
    expect(await jsonOf(await redeem(await approve()))).toMatchObject({ expireDate, token_type: 'bearer' })
  })

  it('refuses a form of dates that it does not know', async () => {
    const { sandbox } = await startSandbox()
    const rule: object = { endpoint: TOKEN, kind: 'odd-date', form: 'julian' }
    const response = await fetch(`${sandbox.controlUrl}/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(rule) })
    expect([response.status, (await jsonOf(response)).message]).toEqual([400, expect.stringContaining('form')])
  })

  it('writes every key twice', async () => {
    const { sandbox, approve, redeem } = await startSandbox()
    sandbox.control.faults.add({ endpoint: TOKEN, kind: 'duplicate-keys' })
    expect(await (await redeem(await approve())).text()).toMatch(/^\{"access_token":null,"access_token":"sbx_[\w-]+","refresh_token":null,"refresh_token":"sbx_/)
  })

  it('sends a body as large as asked, and one as slow as asked', async () => {
    const { sandbox, get } = await startSandbox()
    sandbox.control.faults.add({ endpoint: '*', kind: 'huge', bytes: 1_000_000 })
    expect((await (await get('user/info')).arrayBuffer()).byteLength).toBeGreaterThan(1_000_000)
    sandbox.control.faults.add({ endpoint: '*', kind: 'slow-body', bytesPerSecond: 1_000 })
    expect(await jsonOf(await get('user/info'))).toMatchObject({ message: 'Missing credentials' })
  })

  it('holds a request back before and after its effect', async () => {
    const { sandbox, approve, redeem } = await startSandbox()
    sandbox.control.faults.add({ endpoint: TOKEN, kind: 'delay', delayMs: 30, delayAfterMs: 30 })
    const code = await approve()
    const begun = performance.now()
    expect((await redeem(code)).status).toBe(200)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(58)
  })

  it('says in a 500 that a rule does not fit, instead of breaking the connection', async () => {
    const { sandbox } = await startSandbox()
    sandbox.control.faults.add({ endpoint: '*', kind: 'override', merge: { a: 1 } })
    const response = await fetch(consentUrl(sandbox))
    expect(response.status).toBe(500)
    expect(await jsonOf(response)).toMatchObject({ type: 'InternalServerError' })
  })

  it('names the fault on the tape', async () => {
    const { sandbox, redeem } = await startSandbox()
    sandbox.control.faults.add({ endpoint: '*', kind: 'quota' })
    await redeem('x')
    expect(sandbox.control.tape.read()).toMatchObject([{ endpoint: TOKEN, fault: 'quota', status: 403 }])
  })
})
