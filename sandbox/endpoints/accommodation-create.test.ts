import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../create-sandbox'
import { CLIENT_ID, jsonOf, REDIRECT_URI, startSandbox, tokensOf } from '../testing/start'

const NEW = { name: 'Casa Nuova', givenName: 'Ada', familyName: 'Neri', email: 'ada@casanuova.example' }

async function start(options: SandboxOptions = {}) {
  const all = await startSandbox(options)
  const token = await all.adminToken()
  const send = (bearer: string, body: unknown) =>
    fetch(`${all.sandbox.apiUrl}/rest/v2/accommodation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { ...all, token, send, create: (body: Record<string, unknown> = {}) => send(token, { ...NEW, ...body }) }
}

describe('creating a property (Creating a property)', () => {
  it('answers with a refresh token and no access token, and refresh gives one for the new property', async () => {
    const { sandbox, create, refresh, get } = await start()
    const response = await create({ city: 'Napoli', isoCountry: 'IT', currency: 'EUR', zip: '80100', latitude: 40.8, longitude: 14.2 })
    expect(response.status).toBe(200)
    const body = await jsonOf(response)
    expect(body).toEqual({ status: 'CREATED_ACCOMMODATION', id: '611418', refresh_token: expect.stringMatching(/^sbx_/) })
    const { access_token: token } = await tokensOf(await refresh(String(body.refresh_token)))
    expect(await (await get('accommodation', token)).json()).toMatchObject([
      { id: '611418', name: 'Casa Nuova', contact: { name: 'Ada Neri', email: NEW.email }, location: { city: 'Napoli', country: 'IT' } },
    ])
    expect(sandbox.truthLog({ type: 'accommodation.created' })).toMatchObject([{ clientId: CLIENT_ID, grant: 1, welcomeMail: true, refreshToken: body.refresh_token }])
  })

  it('gives the customer an account that can sign in and consent, and sends no mail when told not to', async () => {
    const { sandbox, create } = await start()
    await create({ welcome_user: false })
    expect(sandbox.truthLog({ type: 'accommodation.created' })).toMatchObject([{ welcomeMail: false }])
    const { code } = await sandbox.control.consent({ clientId: CLIENT_ID, redirectUri: REDIRECT_URI, username: NEW.email, properties: ['611418'] })
    expect(code).toMatch(/^sbx_/)
  })

  it('answers a known mail address with 412, the existing id and no token, because accept_duplicates is false', async () => {
    const { sandbox, create } = await start()
    const response = await create({ email: 'MARCO@locandabianchi.example', accept_duplicates: false })
    expect(response.status).toBe(412)
    expect(await jsonOf(response)).toEqual({ status: 'existing', id: '324410' })
    expect(sandbox.truthLog({ type: 'accommodation.created' })).toEqual([])
    expect((await create({ email: 'marco@locandabianchi.example', accept_duplicates: true })).status).toBe(200)
    expect(sandbox.hoteliers.find(({ username }) => username === 'marco.bianchi')?.accommodations).toContain('611418')
  })

  it('joins a network by its name, and gives the refresh token that the network has', async () => {
    const { sandbox, create, redeem, refresh, get } = await start()
    const { code } = await sandbox.control.consent({ clientId: CLIENT_ID, redirectUri: REDIRECT_URI, username: 'giulia.rossi', network: true })
    const { refresh_token: existing } = await tokensOf(await redeem(code ?? ''))
    const body = await jsonOf(await create({ network_name: 'Rossi Collection Roma' }))
    expect(body.refresh_token).toBe(existing)
    expect(body.refresh_properties).toEqual(['310046', '310051', '310058', '310063', '310070', '310077', '310082', '310089', '310094', '611418'])
    const { access_token: token } = await tokensOf(await refresh(existing))
    expect(await (await get('accommodation', token)).json()).toHaveLength(10)
  })

  it('makes a grant for the whole network when there is none', async () => {
    const { create, refresh, get } = await start()
    const body = await jsonOf(await create({ network_name: 'Costa Serena Stays' }))
    const { access_token: token } = await tokensOf(await refresh(String(body.refresh_token)))
    expect(await (await get('accommodation', token)).json()).toHaveLength(9)
  })

  it.each([
    [{ network_name: 'No such network' }, '$.networkName'],
    [{ name: '' }, '$.name'],
    [{ givenName: undefined }, '$.givenName'],
    [{ familyName: 7 }, '$.familyName'],
    [{ email: 'nobody' }, '$.email'],
    [{ accept_duplicates: 'no' }, '$.accept_duplicates'],
    [{ welcome_user: 1 }, '$.welcome_user'],
    [{ currency: 'euro' }, '$.currency'],
    [{ country: 'Italy' }, '$.country'],
    [{ latitude: 'north' }, '$.latitude'],
  ])('refuses %j with 400 and names %s', async (body, element) => {
    const { sandbox, create } = await start()
    const response = await create(body)
    expect(response.status).toBe(400)
    expect(await jsonOf(response)).toMatchObject({ type: 'ApiValidationFailed', element })
    expect(sandbox.truthLog({ type: 'accommodation.created' })).toEqual([])
  })

  it('notes fields that are not documented, and refuses them in strict mode', async () => {
    for (const [mode, status] of [['lenient', 200], ['strict', 400]] as const) {
      const { create, sandbox } = await start({ mode })
      expect((await create({ stars: 4 })).status).toBe(status)
      expect(sandbox.control.tape.read().at(-1)?.notes[0]?.rule).toBe('field-unknown')
    }
  })

  it('refuses a property token, because it is the wrong kind, and an account without the permission', async () => {
    const { sandbox, send, connect, create } = await start()
    const refused = await send((await connect()).access_token, NEW)
    expect([refused.status, (await jsonOf(refused)).message]).toEqual([403, 'errNoResourcesForIdentity'])
    const { permissions } = sandbox.control.configuration(CLIENT_ID)
    await sandbox.control.changeConfiguration(CLIENT_ID, { permissions: { ...permissions, accommodation: 'READONLY' } })
    const response = await create()
    expect([response.status, await response.text()]).toEqual([403, 'Caller not in requested role'])
  })

  it('never gives the id of a deleted property to another, because old grants would cover it', async () => {
    const { create, sandbox, refresh, send, token } = await start()
    const { refresh_token: refreshToken } = await jsonOf(await create())
    const { access_token: access } = await tokensOf(await refresh(String(refreshToken)))
    await fetch(`${sandbox.apiUrl}/rest/v1/accommodation/611418`, { method: 'DELETE', headers: { authorization: `Bearer ${access}` } })
    expect(await jsonOf(await send(token, { ...NEW, email: 'b@b.example' }))).toMatchObject({ id: '611419' })
  })
})

describe('the shape of the answer is a switch, because examples and schema differ (Creating a property)', () => {
  it.each([
    [{ createdStatus: 'created' }, { status: 'created', id: '611418', refresh_token: expect.any(String) }],
    [{ createdId: 'ids' }, { status: 'CREATED_ACCOMMODATION', ids: ['611418'], refresh_token: expect.any(String) }],
    [{ createdId: 'codice' }, { status: 'CREATED_ACCOMMODATION', codice: '611418', refresh_token: expect.any(String) }],
    [{ createdTokens: 'identity' }, { status: 'CREATED_ACCOMMODATION', id: '611418', identity: { refreshToken: expect.any(String) } }],
  ] as const)('%j', async (settings, body) => {
    const { create } = await start({ settings })
    expect(await jsonOf(await create())).toEqual(body)
  })

  it('identity-with-access-token: an access token that works', async () => {
    const { create, get } = await start({ settings: { createdTokens: 'identity-with-access-token' } })
    const body: { identity?: { accessToken?: string } } = await jsonOf(await create())
    expect((await get('accommodation/611418', body.identity?.accessToken)).status).toBe(200)
  })

  it('duplicatesByDefault: what a known mail address answers when accept_duplicates is absent', async () => {
    for (const [duplicatesByDefault, status] of [['refused', 412], ['accepted', 200]] as const) {
      const { create } = await start({ settings: { duplicatesByDefault } })
      expect((await create({ email: 'marco@locandabianchi.example' })).status).toBe(status)
    }
  })
})
