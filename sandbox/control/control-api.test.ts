import { request as httpRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Sandbox } from '../create-sandbox'
import { defaultSeed } from '../models/default-seed'
import { CLIENT_ID, HOUR_MS, jsonOf, START, startSandbox, tokensOf } from '../testing/start'

async function call(sandbox: Sandbox, request: string, body?: unknown) {
  const [method = '', path = ''] = request.split(' ')
  const response = await fetch(`${sandbox.controlUrl}/${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await jsonOf(response) }
}

/** Sends headers that `fetch` would not let through. */
function raw(sandbox: Sandbox, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${sandbox.controlUrl}/state`, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('the control API answers programs on this machine only', () => {
  it.each([
    [{ host: 'evil.test' }, 403],
    [{ host: '127.0.0.1.evil.test' }, 403],
    [{ host: 'localhost' }, 200],
    [{ origin: 'https://evil.test' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:3000' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{}, 200],
  ])('answers headers %j with %i', async (headers, status) => {
    const { sandbox } = await startSandbox()
    expect(await raw(sandbox, headers)).toBe(status)
  })

  it('takes its own origin, for the panel', async () => {
    const { sandbox } = await startSandbox()
    expect(await raw(sandbox, { origin: sandbox.url })).toBe(200)
  })

  it('takes JSON bodies only, because a form can be sent by any page', async () => {
    const { sandbox } = await startSandbox()
    const response = await fetch(`${sandbox.controlUrl}/clock/advance`, { method: 'POST', body: 'ms=5' })
    expect(response.status).toBe(400)
  })

  it('answers an unknown call with 404 and broken JSON with 400', async () => {
    const { sandbox } = await startSandbox()
    expect((await call(sandbox, 'GET nothing')).status).toBe(404)
    const broken = await fetch(`${sandbox.controlUrl}/reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
    expect(broken.status).toBe(400)
  })
})

describe('the clock', () => {
  it('advances, freezes, jumps, runs on and comes back', async () => {
    const { sandbox, clock } = await startSandbox()
    expect((await call(sandbox, 'POST clock/advance', { ms: 59_000 })).body).toEqual({
      now: START + 59_000,
      iso: '2026-03-16T09:11:10.360Z',
      mode: 'shifted',
    })
    await call(sandbox, 'POST clock/freeze')
    clock.at += HOUR_MS
    expect((await call(sandbox, 'GET clock')).body).toMatchObject({ now: START + 59_000, mode: 'frozen' })
    await call(sandbox, 'POST clock/advance', { ms: 1_000 })
    await call(sandbox, 'POST clock/run')
    clock.at += 500
    expect(sandbox.control.clock.get()).toMatchObject({ now: START + 60_500, mode: 'shifted' })
    await call(sandbox, 'POST clock/set', { at: '2030-01-01T00:00:00Z' })
    expect((await call(sandbox, 'GET clock')).body.iso).toBe('2030-01-01T00:00:00.000Z')
    await call(sandbox, 'POST clock/real')
    expect(sandbox.control.clock.get().now).toBe(clock.at)
  })

  it('is what codes and tokens obey', async () => {
    const { sandbox, approve, redeem, connect, get } = await startSandbox()
    const { access_token: token } = await connect()
    const code = await approve()
    await sandbox.control.clock.advance(60_001)
    expect((await redeem(code)).status).toBe(400)
    await sandbox.control.clock.advance(24 * HOUR_MS)
    expect((await get('user/info', token)).status).toBe(403)
    await sandbox.control.clock.real()
    expect((await get('user/info', token)).status).toBe(200)
  })

  it.each([{}, { ms: '5' }, { ms: 1.5 }, { ms: null }])('refuses the jump %j', async (body) => {
    const { sandbox } = await startSandbox()
    expect((await call(sandbox, 'POST clock/advance', body)).status).toBe(400)
  })
})

describe('grants, tokens and people', () => {
  it('gives a code without a browser', async () => {
    const { sandbox, redeem } = await startSandbox()
    const { body } = await call(sandbox, 'POST consent', {
      clientId: CLIENT_ID,
      redirectUri: 'https://localhost',
      state: 'a b',
      username: 'giulia.rossi',
      properties: ['310046'],
    })
    expect(body.location).toBe(`https://localhost?code=${String(body.code)}&state=a%20b`)
    expect((await redeem(String(body.code))).status).toBe(200)
  })

  it.each([
    [{ clientId: 'nobody' }, 404],
    [{ redirectUri: 'https://evil.test' }, 400],
    [{ username: 'nobody' }, 404],
    [{ properties: ['324410'] }, 400],
    [{ properties: [] }, 400],
    [{ properties: 'all' }, 400],
    [{ username: 'marco.bianchi', network: true }, 400],
    [{ approve: false }, 200],
  ])('answers a consent with %j by %i', async (changes, status) => {
    const { sandbox } = await startSandbox()
    const wish = { clientId: CLIENT_ID, redirectUri: 'https://localhost', username: 'giulia.rossi', properties: ['310046'] }
    expect((await call(sandbox, 'POST consent', { ...wish, ...changes })).status).toBe(status)
  })

  it('revokes by property, by refresh token, by API client, and says how many', async () => {
    const { sandbox, connect } = await startSandbox()
    const [one, two, three] = [await connect(['324410']), await connect(['324410']), await connect(['324417'])]
    expect((await call(sandbox, 'POST grants/revoke', { refreshToken: three.refresh_token })).body).toEqual({ revoked: 1 })
    expect((await call(sandbox, 'POST grants/revoke', { accommodation: '324410', clientId: 'other' })).body).toEqual({ revoked: 0 })
    expect((await call(sandbox, 'POST grants/revoke', { accommodation: '324410' })).body).toEqual({ revoked: 2 })
    expect((await call(sandbox, 'POST grants/revoke', { refreshToken: 'x' })).status).toBe(404)
    expect((await call(sandbox, 'POST grants/revoke', { property: '324410' })).status).toBe(400)
    const views = [one, two, three].map((tokens) => sandbox.control.inspect(tokens.refresh_token).status)
    expect(views).toEqual(['revoked', 'revoked', 'revoked'])
  })

  it('expires access tokens on request, and leaves later ones good', async () => {
    const { sandbox, connect, get, refresh, adminToken } = await startSandbox()
    const { access_token: token, refresh_token: refreshToken } = await connect()
    const admin = await adminToken()
    expect((await call(sandbox, 'POST access-tokens/expire', { accommodation: '324410' })).body).toEqual({ expired: 1 })
    expect(await jsonOf(await get('user/info', token))).toMatchObject({ type: 'ApiLoginExpired' })
    expect((await get('user/info', (await tokensOf(await refresh(refreshToken))).access_token)).status).toBe(200)
    expect((await get('api/configuration', admin)).status).toBe(200)
    await call(sandbox, 'POST admin-tokens/expire', { clientId: CLIENT_ID })
    expect((await get('api/configuration', admin)).status).toBe(403)
  })

  it('tells what a token is', async () => {
    const { sandbox, connect, adminToken, clock } = await startSandbox()
    const { access_token: token } = await connect()
    expect((await call(sandbox, 'POST tokens/inspect', { token })).body).toEqual({
      kind: 'access',
      status: 'live',
      clientId: CLIENT_ID,
      grant: 1,
      accommodations: ['324410'],
      expiresAt: START + 24 * HOUR_MS,
    })
    clock.at += 24 * HOUR_MS
    expect(sandbox.control.inspect(token).status).toBe('expired')
    expect(sandbox.control.inspect(await adminToken())).toMatchObject({ kind: 'admin', status: 'live' })
    expect(sandbox.control.inspect('sbx_x')).toEqual({ kind: 'unknown', status: 'unknown' })
  })

  it('adds an API client, changes its secret and any field of its configuration', async () => {
    const { sandbox, post } = await startSandbox()
    const added = await call(sandbox, 'POST api-clients', { clientId: 'mine', clientSecret: 'sbx_a', environment: 'PRODUCTION', redirectUris: ['http://localhost:3000/cb'] })
    expect(added.body).toEqual({ clientId: 'mine', clientSecret: 'sbx_a', environment: 'PRODUCTION', redirectUris: ['http://localhost:3000/cb'] })
    expect((await call(sandbox, 'POST api-clients', { clientId: 'mine', clientSecret: 'x' })).status).toBe(409)
    expect((await call(sandbox, 'POST api-clients', { clientId: 'odd', clientSecret: 'x', environment: 'TEST' })).status).toBe(400)
    await call(sandbox, 'PUT api-clients/mine/secret', { clientSecret: 'sbx_b' })
    expect((await post('identity/apilogin', { client_id: 'mine', client_secret: 'sbx_b' })).status).toBe(200)
    expect((await call(sandbox, 'PATCH api-clients/mine/configuration', { active: false })).body).toMatchObject({ active: false })
    expect((await post('identity/apilogin', { client_id: 'mine', client_secret: 'sbx_b' })).status).toBe(401)
    expect((await call(sandbox, 'PATCH api-clients/mine/configuration', { odd: 1 })).status).toBe(400)
    expect((await call(sandbox, 'GET api-clients/nobody/configuration')).status).toBe(404)
  })

  it('renames a property and changes a password', async () => {
    const { sandbox, connect, get } = await startSandbox()
    const { access_token: token } = await connect()
    await call(sandbox, 'PATCH accommodations/324410', { name: '=cmd|x\u202e' })
    expect(await jsonOf(await get('accommodation/324410', token))).toMatchObject({ name: '=cmd|x\u202e' })
    expect((await call(sandbox, 'PATCH accommodations/1', { name: 'x' })).status).toBe(404)
    expect((await call(sandbox, 'PATCH accommodations/324410', { latitude: 'north' })).status).toBe(400)
    expect((await call(sandbox, 'POST hoteliers/marco.bianchi/password', { password: 'new' })).status).toBe(200)
    expect(sandbox.hoteliers.find(({ username }) => username === 'marco.bianchi')?.password).toBe('new')
  })
})

describe('settings, state, reset, truth and tape', () => {
  it('changes switches and refuses odd ones', async () => {
    const { sandbox } = await startSandbox()
    expect((await call(sandbox, 'PATCH settings', { refreshRotation: 'rotate' })).body).toMatchObject({ refreshRotation: 'rotate', mode: 'lenient' })
    for (const odd of [{ refreshRotation: 'sometimes' }, { nothing: 1 }, { quotaLimit: -1 }, { quotaEnforced: 'yes' }, { firstPage: 2 }]) {
      expect((await call(sandbox, 'PATCH settings', odd)).status).toBe(400)
    }
  })

  it('resets to the seed: grants, codes, faults, tape, switches and clock are gone, and old tokens mean nothing', async () => {
    const { sandbox, connect, get, refresh } = await startSandbox({ mode: 'strict' })
    const tokens = await connect()
    sandbox.control.faults.add({ endpoint: 'user/info', kind: 'quota' })
    await sandbox.control.settings.set({ pageSize: 7 })
    await sandbox.control.clock.advance(HOUR_MS)
    await call(sandbox, 'POST reset', {})
    expect(sandbox.control.state()).toMatchObject({ at: START, grants: [], openCodes: 0, settings: { mode: 'strict', pageSize: 50 } })
    expect(sandbox.control.faults.list()).toEqual([])
    expect((await get('user/info', tokens.access_token)).status).toBe(401)
    await connect()
    expect((await refresh(tokens.refresh_token)).status).toBe(403)
  })

  it('resets to another seed, and refuses one that contradicts itself', async () => {
    const { sandbox } = await startSandbox()
    const seed = { apiClients: [], accommodations: [], networks: [], hoteliers: [] }
    expect((await call(sandbox, 'POST reset', { seed })).status).toBe(200)
    expect(sandbox.apiClients).toEqual([])
    const bad = { ...seed, hoteliers: [{ username: 'a', password: 'b', name: 'c', email: 'd', accommodations: ['1'] }] }
    expect((await call(sandbox, 'POST reset', { seed: bad })).body.message).toContain('hotelier a names 1')
  })

  it('resets to a seed of thousands of properties with their old keys', async () => {
    const { sandbox } = await startSandbox()
    const [accommodation] = defaultSeed.accommodations
    const accommodations = Array.from({ length: 5_000 }, (_, index) => ({ ...accommodation, id: String(700_000 + index) }))
    const legacyKeys = accommodations.map(({ id }) => ({ key: `sbx_legacy_${id}`, accommodation: id, clientId: CLIENT_ID }))
    const seed = { ...defaultSeed, accommodations, networks: [], hoteliers: [], legacyKeys }
    expect((await call(sandbox, 'POST reset', { seed })).status).toBe(200)
    expect(sandbox.legacyKeys).toHaveLength(5_000)
  })

  it('shows the state with the live refresh token of each grant', async () => {
    const { sandbox, connect } = await startSandbox()
    const { refresh_token: refreshToken } = await connect()
    const { body } = await call(sandbox, 'GET state')
    expect(body).toMatchObject({ openCodes: 0, grants: [{ grant: 1, username: 'marco.bianchi', accommodations: ['324410'], network: null, refreshToken, revokedAt: null }] })
  })

  it('sends the truth as JSON lines, later than a number, by type and by API client', async () => {
    const { sandbox, connect } = await startSandbox()
    await connect()
    const lines = async (query: string) => (await (await fetch(`${sandbox.controlUrl}/truth${query}`)).text()).split('\n').filter(Boolean)
    expect((await lines('')).map((line) => JSON.parse(line).type)).toEqual(['sandbox.seeded', 'code.issued', 'code.redeemed'])
    expect(await lines('?since=2')).toHaveLength(1)
    expect(await lines('?type=code.issued')).toHaveLength(1)
    expect(await lines('?clientId=other')).toHaveLength(0)
    expect((await call(sandbox, 'GET truth?since=x')).status).toBe(400)
  })

  it('keeps only the latest records and requests in memory', async () => {
    const { sandbox, redeem } = await startSandbox({ truthLogLimit: 5, tapeLimit: 3 })
    for (let call = 0; call < 20; call += 1) await redeem(`made-up-${call}`)
    expect(sandbox.truthLog().map(({ sequence }) => sequence)).toEqual([17, 18, 19, 20, 21])
    expect(sandbox.control.tape.read().map(({ id }) => id)).toEqual([18, 19, 20])
  })

  it('masks every secret on the tape', async () => {
    const { sandbox, connect, refresh, get } = await startSandbox()
    const tokens = await connect()
    await refresh(tokens.refresh_token, { clientSecretCopy: 'under-another-name' })
    await get('user/info', tokens.access_token)
    const response = await fetch(`${sandbox.controlUrl}/tape`)
    const tape = await response.text()
    for (const secret of [tokens.access_token, tokens.refresh_token, 'sbx_secret_7d3f', 'under-another']) expect(tape).not.toContain(secret)
    expect(tape).toContain('"client_secret":"•••7d36"')
    expect(tape).toContain(`•••${tokens.access_token.slice(-4)}`)
  })
})
