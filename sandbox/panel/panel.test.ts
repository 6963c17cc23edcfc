import { request as httpRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import { defaultSeed } from '../models/default-seed'
import type { Sandbox } from '../create-sandbox'
import { CLIENT_ID, HOUR_MS, START, startSandbox } from '../testing/start'

/** Sends a form the way that a browser without script does. */
function submit(sandbox: Sandbox, fields: Record<string, string>, headers: Record<string, string> = { origin: sandbox.url }) {
  return fetch(`${sandbox.url}/panel`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
}

async function show(sandbox: Sandbox, path = '/'): Promise<string> {
  return (await fetch(sandbox.url + path)).text()
}

function statusFor(sandbox: Sandbox, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${sandbox.url}/`, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('the panel is for a person at this machine', () => {
  it.each([
    [{ host: 'evil.test' }, 403],
    [{ origin: 'https://evil.test' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{}, 200],
  ])('answers headers %j with %i', async (headers, status) => {
    const { sandbox } = await startSandbox()
    expect(await statusFor(sandbox, headers)).toBe(status)
  })

  it.each([[{}], [{ origin: 'null' }], [{ origin: 'http://127.0.0.1:1' }], [{ origin: 'https://evil.test' }]])(
    'takes no form with headers %j, because any page can send one',
    async (headers) => {
      const { sandbox } = await startSandbox()
      expect((await submit(sandbox, { act: 'clock/advance', ms: '1000' }, headers)).status).toBe(403)
      expect(sandbox.control.clock.get().now).toBe(START)
    },
  )

  it('lets its own script run and nothing else, and says on top what it is not', async () => {
    const { sandbox } = await startSandbox()
    const answer = await fetch(`${sandbox.url}/`)
    const text = await answer.text()
    const policy = answer.headers.get('content-security-policy') ?? ''
    const nonce = /script-src 'nonce-([\w-]{22})';/.exec(policy)?.[1]
    expect(text.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}" src="/panel/script.js" defer>`])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(text).not.toMatch(/ (style|on[a-z]+)="/)
    expect(text.indexOf('not Octorate')).toBeLessThan(text.indexOf('<main>'))
  })

  it('shows names and paths of others as text', async () => {
    const { sandbox, connect } = await startSandbox()
    await connect(['337203'], 'elena.ferri')
    await fetch(`${sandbox.url}/<img src=x>?a=<script>alert(1)</script>`, { method: 'POST', headers: { 'x-more': '<b>bold</b>' } })
    const text = await show(sandbox)
    expect(text).toContain('&lt;b&gt;Villa&lt;/b&gt;')
    expect(text.replace(/<script nonce[^>]*><\/script>/, '')).not.toMatch(/<img|<b>|<script/)
  })

  it('shows no token and no code of the requests on the tape', async () => {
    const { sandbox, approve, redeem, refresh } = await startSandbox()
    const code = await approve()
    const tokens: Record<string, string> = await (await redeem(code)).json()
    await refresh(tokens.refresh_token ?? '')
    const text = await show(sandbox)
    expect(text).toContain(`•••${code.slice(-4)}`)
    for (const secret of [code, tokens.refresh_token, tokens.access_token]) expect(text).not.toContain(secret)
  })

  it('is neither hit by faults nor shown on the tape, or nobody could take a rule back', async () => {
    const { sandbox } = await startSandbox()
    sandbox.control.faults.add({ endpoint: '*', kind: 'status', status: 503, count: 0 })
    expect((await fetch(`${sandbox.url}/`)).status).toBe(200)
    expect((await submit(sandbox, { act: 'faults/remove', id: '1' })).status).toBe(303)
    expect([sandbox.control.faults.list(), sandbox.control.tape.read()]).toEqual([[], []])
  })
})

describe('every act is a plain form', () => {
  it('moves, stops and resets the clock', async () => {
    const { sandbox, clock } = await startSandbox()
    const now = () => sandbox.control.clock.get()
    for (const ms of [59_000, 60_000, 24 * HOUR_MS, 365 * 24 * HOUR_MS]) {
      expect(await show(sandbox)).toContain(`<button name="ms" value="${ms}">`)
      const before = now().now
      const answer = await submit(sandbox, { act: 'clock/advance', ms: String(ms) })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/#clock'])
      expect(now().now - before).toBe(ms)
    }
    await submit(sandbox, { act: 'clock/freeze' })
    clock.at += HOUR_MS
    expect(now()).toMatchObject({ mode: 'frozen', now: START + 119_000 + 366 * 24 * HOUR_MS })
    await submit(sandbox, { act: 'clock/run' })
    expect(now().mode).toBe('shifted')
    await submit(sandbox, { act: 'clock/set', at: '2030-01-01T00:00:00Z' })
    expect(now().iso).toBe('2030-01-01T00:00:00.000Z')
    await submit(sandbox, { act: 'clock/real' })
    expect(now()).toMatchObject({ mode: 'real', now: START + HOUR_MS })
  })

  it('revokes a grant, expires its access token, and shows what became of it', async () => {
    const { sandbox, connect } = await startSandbox()
    const { access_token: token } = await connect()
    expect(await show(sandbox)).toContain('connected</span> grant 1')
    await submit(sandbox, { act: 'access-tokens/expire', grant: '1' })
    expect(sandbox.control.inspect(token).status).toBe('expired')
    await submit(sandbox, { act: 'grants/revoke', grant: '1' })
    expect(sandbox.control.inspect(token).status).toBe('revoked')
    expect(await show(sandbox)).toContain('revoked</span> grant 1')
  })

  it('changes a password, and withdraws and gives a permission', async () => {
    const { sandbox } = await startSandbox()
    await submit(sandbox, { act: 'hoteliers/password', username: 'ana.silva', password: 'new one' })
    expect(sandbox.hoteliers.find(({ username }) => username === 'ana.silva')?.password).toBe('new one')
    const permissions = () => sandbox.control.configuration(CLIENT_ID).permissions
    await submit(sandbox, { act: 'permissions/withdraw', clientId: CLIENT_ID, permission: 'reservation' })
    expect(permissions()).toMatchObject({ reservation: 'NONE', accommodation: 'READWRITE' })
    await submit(sandbox, { act: 'permissions/give', clientId: CLIENT_ID, permission: 'license' })
    expect(permissions()).toMatchObject({ reservation: 'NONE', license: 'READWRITE' })
    expect((await submit(sandbox, { act: 'permissions/give', clientId: CLIENT_ID, permission: 'toString' })).status).toBe(422)
  })

  it('replaces the addresses of IP authentication, and refuses what is none', async () => {
    const { sandbox } = await startSandbox()
    await submit(sandbox, { act: 'addresses', clientId: CLIENT_ID, addresses: '203.0.113.7\r\n198.51.100.0/24\r\n' })
    expect(sandbox.control.addresses(CLIENT_ID)).toEqual(['203.0.113.7', '198.51.100.0/24'])
    expect((await submit(sandbox, { act: 'addresses', clientId: CLIENT_ID, addresses: '203.0.113.256' })).status).toBe(422)
    expect(await show(sandbox)).toContain('203.0.113.7\n198.51.100.0/24</textarea>')
  })

  it('tells which old keys were migrated', async () => {
    const { sandbox } = await startSandbox()
    const [first] = sandbox.legacyKeys
    expect(await show(sandbox)).toContain(`${sandbox.legacyKeys.length} of ${sandbox.legacyKeys.length} not migrated yet`)
    const answer = await fetch(`${sandbox.apiUrl}/rest/v1/identity/migrate`, {
      method: 'POST',
      headers: { key: first?.key ?? '' },
      body: new URLSearchParams({ accommodation: first?.accommodation ?? '' }),
    })
    expect(answer.status).toBe(200)
    expect(await show(sandbox)).toContain('migrated, grant 1')
  })

  it('adds a fault rule from a preset with its limits, says how many are left, and removes it', async () => {
    const { sandbox, connect, refresh } = await startSandbox()
    const { refresh_token: token } = await connect()
    await submit(sandbox, { act: 'faults/add', endpoint: 'identity/refresh', preset: 'status-503', count: '3', skip: '0', delayMs: '0', clientId: '' })
    expect(await show(sandbox)).toContain('Next 3 calls to identity/refresh: 503, an HTML page')
    expect((await refresh(token)).status).toBe(503)
    expect(await show(sandbox)).toContain('Next 2 calls to identity/refresh: 503, an HTML page')
    await submit(sandbox, { act: 'faults/clear' })
    expect((await refresh(token)).status).toBe(200)
  })

  it('takes every preset that its form offers', async () => {
    const { sandbox } = await startSandbox()
    const form = /<select id="fault-preset"[^]*?<\/select>/.exec(await show(sandbox))?.[0] ?? ''
    const presets = [...form.matchAll(/value="([^"]+)">([^<]+)/g)]
    expect(presets.length).toBeGreaterThan(15)
    for (const [, preset = '', label] of presets) {
      expect((await submit(sandbox, { act: 'faults/add', endpoint: '*', preset, count: '1' })).status).toBe(303)
      expect(await show(sandbox)).toContain(`Next call: ${label}`)
      await submit(sandbox, { act: 'faults/clear' })
    }
  })

  it('replays a request, clears the tape and the report', async () => {
    const { sandbox, adminToken, post } = await startSandbox()
    await adminToken()
    await post('identity/token', { client_id: CLIENT_ID })
    await submit(sandbox, { act: 'tape/replay', id: '1' })
    expect(sandbox.control.tape.read().at(-1)).toMatchObject({ id: 3, replayOf: 1, status: 200 })
    expect(await show(sandbox)).toContain('replay of 1')
    await submit(sandbox, { act: 'tape/clear' })
    await submit(sandbox, { act: 'report/clear' })
    expect([sandbox.control.tape.read(), sandbox.control.report.read().requests]).toEqual([[], 0])
  })

  it('saves the switches that were changed, and no others', async () => {
    const { sandbox } = await startSandbox()
    const fields = Object.fromEntries(Object.entries(sandbox.control.settings.get()).map(([name, value]) => [name, String(value)]))
    await submit(sandbox, { act: 'settings', ...fields, refreshRotation: 'rotate', quotaLimit: '7', quotaEnforced: 'true' })
    expect(sandbox.truthLog({ type: 'settings.changed' }).map((record) => 'settings' in record && record.settings)).toEqual([
      { refreshRotation: 'rotate', quotaLimit: 7, quotaEnforced: true },
    ])
    expect((await submit(sandbox, { act: 'settings', quotaLimit: '-1' })).status).toBe(422)
    expect(sandbox.control.settings.get().quotaLimit).toBe(7)
  })

  it('takes a snapshot, restores it, resets, and starts from another seed', async () => {
    const { sandbox, connect } = await startSandbox()
    const { access_token: token } = await connect()
    await submit(sandbox, { act: 'snapshot', name: 'before' })
    await submit(sandbox, { act: 'reset' })
    expect(sandbox.control.inspect(token).status).toBe('unknown')
    await submit(sandbox, { act: 'restore', name: 'before' })
    expect(sandbox.control.inspect(token).status).toBe('live')
    await submit(sandbox, { act: 'seed', seed: JSON.stringify({ ...defaultSeed, hoteliers: defaultSeed.hoteliers.slice(0, 1) }) })
    expect(sandbox.hoteliers).toHaveLength(1)
  })

  it.each([
    [{ act: 'nonsense' }, 'The panel knows no such act'],
    [{ act: 'toString' }, 'The panel knows no such act'],
    [{ act: 'clock/advance', ms: '1e9' }, 'ms: expected a whole number'],
    [{ act: 'faults/remove', id: '77' }, 'There is no fault rule 77'],
    [{ act: 'restore', name: '<i>' }, 'There is no snapshot &lt;i&gt;'],
    [{ act: 'seed', seed: '{}' }, 'seed.apiClients: expected a list'],
    [{ act: 'seed', seed: '{' }, 'JSON'],
  ])('answers %j with 422 and the reason', async (fields, reason) => {
    const { sandbox } = await startSandbox()
    const answer = await submit(sandbox, fields)
    expect(answer.status).toBe(422)
    expect(/id="notice"[^>]*>([^]*?)<\/p>/.exec(await answer.text())?.[1]).toContain(reason)
  })

  it('knows every act that a form on it names', async () => {
    const { sandbox, connect } = await startSandbox()
    await connect()
    await sandbox.control.takeSnapshot()
    sandbox.control.faults.add({ endpoint: '*', kind: 'quota' })
    const names = new Set([...(await show(sandbox)).matchAll(/name="act" value="([^"]+)"/g)].map(([, name = '']) => name))
    expect(names.size).toBeGreaterThan(15)
    for (const act of names) {
      const { problem }: { problem?: string } = await (await submit(sandbox, { act }, { origin: sandbox.url, accept: 'application/json' })).json()
      expect([act, problem]).not.toEqual([act, 'The panel knows no such act'])
    }
  })
})

describe('the panel follows the sandbox', () => {
  it('answers 304 as long as nothing but the time has changed', async () => {
    const { sandbox, clock, adminToken } = await startSandbox()
    const first = await fetch(`${sandbox.url}/`)
    const look = () => fetch(`${sandbox.url}/`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
    clock.at += 5_000
    expect((await look()).status).toBe(304)
    await adminToken()
    expect((await look()).status).toBe(200)
  })

  it('shows the latest 100 requests, or those with notes, with faults, or refused', async () => {
    const { sandbox, adminToken, post } = await startSandbox()
    await adminToken()
    for (let number = 0; number < 120; number += 1) await post('identity/apilogin', { client_id: CLIENT_ID })
    const rows = async (path: string) => [...(await show(sandbox, path)).matchAll(/<details id="request-(\d+)"/g)].map(([, id]) => Number(id))
    expect(await rows('/')).toEqual(Array.from({ length: 100 }, (_, index) => 121 - index))
    expect(await rows('/?show=faults')).toEqual([])
    expect(await rows('/?show=refused')).not.toContain(1)
    expect(await rows('/?show=toString')).toHaveLength(100)
  })

  it('lists in its report what Octorate wants instead, and links to the request', async () => {
    const { sandbox, approve, redeem } = await startSandbox()
    await redeem(await approve(), { grant_type: 'authorization_code' })
    const text = await show(sandbox)
    expect(text).toContain('sent grant_type=authorization_code: Octorate wants code')
    expect(text).toContain('Octorate wants grant_type=code.')
    expect(text).toContain('href="#request-1"')
  })
})
