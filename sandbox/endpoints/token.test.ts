import { describe, expect, it } from 'vitest'
import { createCaller, factsOf, HOUR_MS, jsonOf, REDIRECT_URI, START, startSandbox, tokensOf } from '../testing/start'

describe('identity/token (guide, case 1, step 2: exchange the code for real credentials)', () => {
  it('answers a fresh code with both tokens and a Java-style date a day away', async () => {
    const { redeem, approve } = await startSandbox()
    const response = await redeem(await approve())
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await jsonOf(response)).toEqual({
      access_token: expect.stringMatching(/^sbx_[\w-]{48}$/),
      refresh_token: expect.stringMatching(/^sbx_[\w-]{48}$/),
      expireDate: '2026-03-17T09:10:11.36Z[UTC]',
      token_type: 'bearer',
    })
  })

  it('carries a request id, the quota and the date of its own clock', async () => {
    const { redeem } = await startSandbox()
    const { headers } = await redeem('made-up')
    expect(headers.get('request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    expect(headers.get('x-ratelimit-remaining')).toBe('100')
    expect(headers.get('date')).toBe('Mon, 16 Mar 2026 09:10:11 GMT')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('takes a code in its last millisecond and not after, because it lives one minute', async () => {
    const { redeem, approve, clock } = await startSandbox()
    const [early, late] = [await approve(), await approve()]
    clock.at = START + 60_000
    expect((await redeem(early)).status).toBe(200)
    clock.at = START + 60_001
    const response = await redeem(late)
    expect(response.status).toBe(400)
    expect(await jsonOf(response)).toMatchObject({ message: 'The code has expired', element: 'code', nested: [] })
  })

  it('refuses the second use of a code and ends what the first one gave', async () => {
    const { sandbox, redeem, approve, refresh, get, clock } = await startSandbox()
    const code = await approve()
    const tokens = await tokensOf(await redeem(code))
    clock.at += 1_000
    expect((await redeem(code)).status).toBe(400)
    expect((await refresh(tokens.refresh_token)).status).toBe(403)
    expect((await get('user/info', tokens.access_token)).status).toBe(401)
    expect(sandbox.truthLog({ type: 'code.refused' })).toMatchObject([{ code, reason: 'used', ends: 1 }])
  })

  it('leaves the first tokens alive after a second use, when the switch codeReuse says so', async () => {
    const { redeem, approve, refresh } = await startSandbox({ settings: { codeReuse: 'refuse' } })
    const code = await approve()
    const tokens = await tokensOf(await redeem(code))
    expect((await redeem(code)).status).toBe(400)
    expect((await refresh(tokens.refresh_token)).status).toBe(200)
  })

  it.each([
    ['a trailing slash', 'https://localhost/'],
    ['another scheme', 'http://localhost'],
    ['upper case', 'https://LOCALHOST'],
    ['a path', 'https://localhost/callback'],
    ['nothing', ''],
  ])('refuses a redirect_uri that differs by %s, because both legs must be identical', async (_, redirectUri) => {
    const { redeem, approve } = await startSandbox()
    const code = await approve()
    const response = await redeem(code, { redirect_uri: redirectUri })
    expect(response.status).toBe(400)
    expect(await jsonOf(response)).toMatchObject({ element: 'redirect_uri' })
    expect((await redeem(code)).status).toBe(200)
  })

  it("refuses another API client's code and leaves it good for its owner", async () => {
    const { sandbox, redeem, approve, refresh, connect } = await startSandbox()
    const other = { client_id: 'other', client_secret: 's p+%2B&é=' }
    await sandbox.control.addApiClient({ clientId: other.client_id, clientSecret: other.client_secret })
    const code = await approve()
    expect((await redeem(code, other)).status).toBe(400)
    expect((await redeem(code)).status).toBe(200)
    const { refresh_token: refreshToken } = await connect()
    expect((await refresh(refreshToken, other)).status).toBe(403)
  })

  it('takes secrets with every awkward character of a form, byte by byte', async () => {
    const { sandbox, post } = await startSandbox()
    for (const [index, clientSecret] of ['a+b', 'a%2Bb', 'é ü 漢', '&=;?#', ' lead and trail ', "'\"\\<>"].entries()) {
      await sandbox.control.addApiClient({ clientId: `client-${index}`, clientSecret })
      const fields = { client_id: `client-${index}`, client_secret: clientSecret }
      expect((await post('identity/apilogin', fields)).status).toBe(200)
      expect((await post('identity/apilogin', { ...fields, client_secret: `${clientSecret}x` })).status).toBe(401)
    }
  })

  it.each([
    [{ client_secret: 'wrong' }, 401, 'ApiKeyInvalid'],
    [{ client_id: 'nobody' }, 401, 'ApiKeyInvalid'],
    [{ client_id: '' }, 400, 'ApiParamsExemption'],
    [{ client_secret: '' }, 400, 'ApiParamsExemption'],
    [{ code: '' }, 400, 'ApiParamsExemption'],
    [{ code: 'sbx_made-up' }, 400, 'ApiParamsExemption'],
    [{ grant_type: 'password' }, 400, 'ApiParamsExemption'],
  ])('answers %j with %i %s', async (fields, status, type) => {
    const { redeem, approve } = await startSandbox()
    const response = await redeem(await approve(), fields)
    expect(response.status).toBe(status)
    expect(await jsonOf(response)).toMatchObject({ type, machine_name: type, nested: [] })
  })

  it('keeps every refused request in the truth log, so that none is a request that nobody saw', async () => {
    const { sandbox, redeem } = await startSandbox()
    await redeem('x', { client_secret: 'wrong' })
    await redeem('x', { client_id: '' })
    await redeem('x', { grant_type: 'password' })
    await redeem('x')
    expect(factsOf(sandbox).slice(1)).toEqual([
      'credentials.refused',
      'identity-request.refused',
      'identity-request.refused',
      'code.refused',
    ])
  })

  it('refuses a JSON body, because the guide wants a form', async () => {
    const { sandbox } = await startSandbox()
    const response = await fetch(`${sandbox.apiUrl}/rest/v1/identity/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(response.status).toBe(400)
    expect(await jsonOf(response)).toMatchObject({ type: 'ApiParamsExemption', element: 'Content-Type' })
  })

  it('refuses a parameter that comes twice', async () => {
    const { sandbox } = await startSandbox()
    const response = await fetch(`${sandbox.apiUrl}/rest/v1/identity/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'client_id=keyrack-sandbox&client_id=keyrack-sandbox',
    })
    expect(await jsonOf(response)).toMatchObject({ element: 'client_id' })
  })

  it('answers GET with 405 and an invented path with 404', async () => {
    const { sandbox, get } = await startSandbox()
    expect((await get('identity/token')).status).toBe(405)
    const lost = await fetch(`${sandbox.url}/oauth/token`, { method: 'POST' })
    expect(lost.status).toBe(404)
    expect(await jsonOf(lost)).toMatchObject({ type: 'ApiResourceMissing' })
    expect(sandbox.control.tape.read().at(-1)?.notes[0]?.text).toContain('/connect/rest/v1')
  })

  it('refuses a body of more than 64 KB', async () => {
    const { redeem } = await startSandbox()
    expect((await redeem('x'.repeat(70_000))).status).toBe(413)
  })
})

describe('identity/token in its two modes', () => {
  it.each([
    [{ grant_type: 'code' }, 200, []],
    [{ grant_type: 'authorization_code' }, 400, ['sent grant_type=authorization_code: Octorate wants code']],
    [{ scope: 'all' }, 400, ['sent scope: Octorate does not know this parameter here']],
  ])('takes %j in lenient mode; strict mode answers it with %i; the tape notes %j', async (fields, strictStatus, notes) => {
    const lenient = await startSandbox()
    expect((await lenient.redeem(await lenient.approve(), fields)).status).toBe(200)
    expect(lenient.sandbox.control.tape.read().at(-1)?.notes.map(({ text }) => text)).toEqual(notes)
    const strict = await startSandbox({ mode: 'strict' })
    expect((await strict.redeem(await strict.approve(), fields)).status).toBe(strictStatus)
  })

  it('takes no grant_type in lenient mode only', async () => {
    const lenient = await startSandbox()
    const strict = await startSandbox({ mode: 'strict' })
    const send = async ({ sandbox, approve, credentials }: typeof lenient) =>
      (await createCaller(sandbox).post('identity/token', { ...credentials, redirect_uri: REDIRECT_URI, code: await approve() })).status
    expect(await send(lenient)).toBe(200)
    expect(await send(strict)).toBe(400)
  })

  it('notes a secret in the URL, and refuses it in strict mode', async () => {
    for (const [mode, status] of [['lenient', 200], ['strict', 400]] as const) {
      const { sandbox, credentials } = await startSandbox({ mode })
      const response = await fetch(`${sandbox.apiUrl}/rest/v1/identity/apilogin?client_secret=abcdefghijklmnop`, {
        method: 'POST',
        body: new URLSearchParams(credentials),
      })
      expect(response.status).toBe(status)
      const [entry] = sandbox.control.tape.read()
      expect(entry?.notes[0]?.text).toContain('URLs end in logs')
      expect(entry?.query).toEqual({ client_secret: '•••mnop' })
    }
  })
})

describe('what nobody knows about the token answer is a switch', () => {
  it.each([
    ['expireDate', { expireDate: '2026-03-17T09:10:11.36Z[UTC]' }],
    ['expires_in', { expires_in: 86_400 }],
    ['both', { expireDate: '2026-03-17T09:10:11.36Z[UTC]', expires_in: 86_400 }],
    ['neither', {}],
  ] as const)('sends %s', async (expiryFields, fields) => {
    const { redeem, approve } = await startSandbox({ settings: { expiryFields } })
    const { access_token: _, refresh_token: __, token_type: ___, ...rest } = await jsonOf(await redeem(await approve()))
    expect(rest).toEqual(fields)
  })

  it('writes plain ISO dates and camel-case names when told to', async () => {
    const { redeem, approve } = await startSandbox({ settings: { dateStyle: 'iso', tokenFields: 'camel' } })
    expect(await jsonOf(await redeem(await approve()))).toMatchObject({
      accessToken: expect.stringMatching(/^sbx_/),
      refreshToken: expect.stringMatching(/^sbx_/),
      expireDate: '2026-03-17T09:10:11.360Z',
    })
  })

  it("answers errors in RFC 6749's shape when told to", async () => {
    const { redeem } = await startSandbox({ settings: { errorStyle: 'oauth' } })
    const bogus = await redeem('bogus')
    expect([bogus.status, (await jsonOf(bogus)).error]).toEqual([400, 'invalid_grant'])
    const stranger = await redeem('bogus', { client_secret: 'wrong' })
    expect([stranger.status, (await jsonOf(stranger)).error]).toEqual([401, 'invalid_client'])
    expect((await jsonOf(await redeem('x', { grant_type: 'password' }))).error).toBe('unsupported_grant_type')
  })

  it('ends the earlier grant for the same property on a new consent, when newConsentEndsGrant is on', async () => {
    const { connect, refresh, sandbox } = await startSandbox({ settings: { newConsentEndsGrant: true } })
    const first = await connect(['324410'])
    const elsewhere = await connect(['324417'])
    const second = await connect(['324410'])
    expect((await refresh(first.refresh_token)).status).toBe(403)
    expect((await refresh(elsewhere.refresh_token)).status).toBe(200)
    expect((await refresh(second.refresh_token)).status).toBe(200)
    expect(sandbox.control.inspect(first.refresh_token).status).toBe('revoked')
  })

  it('gives codes the life that the switch says', async () => {
    const { redeem, approve, clock } = await startSandbox({ settings: { codeLifetimeMs: 3 * 60_000, accessTokenLifetimeMs: HOUR_MS } })
    const code = await approve()
    clock.at += 180_000
    expect((await tokensOf(await redeem(code))).expireDate).toBe('2026-03-16T10:13:11.36Z[UTC]')
  })
})
