import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Sandbox } from '../create-sandbox'
import { CLIENT_ID, jsonOf, startSandbox } from '../testing/start'

/** Calls from an address of the caller's own choice: all of 127.0.0.0/8 is this machine. */
function callFrom(sandbox: Sandbox, localAddress: string, call: { path: string; token: string; headers?: Record<string, string>; method?: string }) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(
      `${sandbox.apiUrl}/rest/v1/${call.path}`,
      { localAddress, method: call.method ?? 'GET', agent: false, headers: { authorization: `Bearer ${call.token}`, ...call.headers } },
      (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += String(chunk)
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

describe('each kind of call and the token that it takes (Two kinds of bearer token)', () => {
  const calls = ['reservation/324410', 'accommodation/324410', 'user/info', 'accommodation', 'network', 'pms', 'api/configuration', 'subscription', 'subscription/list']

  it.each([
    ['a property token', [200, 200, 200, 200, 200, 200, 403, 403, 403]],
    ['an admin token', [403, 403, 403, 200, 200, 200, 200, 200, 200]],
    ['nothing', [401, 401, 401, 401, 401, 401, 401, 401, 401]],
  ])('%s', async (kind, statuses) => {
    const { connect, adminToken, get } = await startSandbox()
    const property = (await connect()).access_token
    const token = kind === 'nothing' ? undefined : kind === 'an admin token' ? await adminToken() : property
    const answers = await Promise.all(calls.map((call) => get(call, token)))
    expect(answers.map(({ status }) => status)).toEqual(statuses)
    for (const answer of answers.filter(({ status }) => status === 403)) {
      expect(await jsonOf(answer)).toMatchObject({ type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' })
    }
  })

  it("refuses another property's reservations to a property token, and wraps its own in data", async () => {
    const { connect, get } = await startSandbox()
    const { access_token: token } = await connect(['324410'])
    expect((await get('reservation/324417', token)).status).toBe(403)
    expect(await jsonOf(await get('reservation/324410', token))).toMatchObject({ data: [{ accommodation: '324410', createTime: '2026-03-15T00:00:00Z[UTC]' }] })
  })

  it('answers Caller not in requested role, not in JSON, once a permission is withdrawn (Errors)', async () => {
    const { sandbox, connect, get } = await startSandbox()
    const { access_token: token } = await connect()
    const { permissions } = sandbox.control.configuration(CLIENT_ID)
    await sandbox.control.changeConfiguration(CLIENT_ID, { permissions: { ...permissions, reservation: 'NONE' } })
    const response = await get('reservation/324410', token)
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([403, 'text/plain', 'Caller not in requested role'])
    expect(sandbox.truthLog({ type: 'access-token.refused' })).toMatchObject([{ reason: 'permission-missing' }])
    expect((await get('accommodation/324410', token)).status).toBe(200)
  })
})

describe('IP address authentication (Case 3: IP address authentication)', () => {
  it.each([
    ['127.0.0.5', '127.0.0.5', 200],
    ['127.0.0.5', '127.0.0.6', 403],
    ['127.0.8.0/22', '127.0.8.0', 200],
    ['127.0.8.0/22', '127.0.11.255', 200],
    ['127.0.8.0/22', '127.0.12.0', 403],
    ['127.0.8.0/22', '127.0.7.255', 403],
    ['0.0.0.0/0', '127.0.0.1', 200],
    ['203.0.113.7', '127.0.0.1', 403],
  ])('with %s on the list, an admin token from %s gets %i', async (listed, from, status) => {
    const { sandbox, adminToken } = await startSandbox()
    const token = await adminToken()
    await sandbox.control.changeAddresses(CLIENT_ID, ['198.51.100.1', listed])
    for (const path of ['reservation/324410', 'accommodation/324410']) {
      expect((await callFrom(sandbox, from, { path, token })).status).toBe(status)
    }
    expect((await callFrom(sandbox, from, { path: 'api/configuration', token })).status).toBe(200)
  })

  it("answers the contract's 403 from an unlisted address, with a note that names the address", async () => {
    const { sandbox, adminToken } = await startSandbox()
    await sandbox.control.changeAddresses(CLIENT_ID, ['127.0.0.5'])
    const { body } = await callFrom(sandbox, '127.0.0.6', { path: 'reservation/324410', token: await adminToken() })
    expect(JSON.parse(body)).toMatchObject({ type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' })
    const { remoteAddress, notes } = sandbox.control.tape.read().at(-1) ?? {}
    expect(remoteAddress).toBe('127.0.0.6')
    expect(notes?.[0]?.text).toBe('sent an admin token for a property from 127.0.0.6, which is not on the list')
    expect(sandbox.truthLog({ type: 'access-token.refused' })).toMatchObject([{ reason: 'address-unlisted' }])
  })

  it('believes no forwarding header, because the address is the one of the connection', async () => {
    const { sandbox, adminToken } = await startSandbox()
    await sandbox.control.changeAddresses(CLIENT_ID, ['127.0.0.5'])
    const headers = { 'x-forwarded-for': '127.0.0.5', 'x-real-ip': '127.0.0.5', forwarded: 'for=127.0.0.5' }
    const { status } = await callFrom(sandbox, '127.0.0.6', { path: 'reservation/324410', token: await adminToken(), headers })
    expect(status).toBe(403)
  })

  it('reaches every property by default, and only connected ones when addressReach says so', async () => {
    const { sandbox, adminToken, connect, get } = await startSandbox()
    const token = await adminToken()
    await connect(['324417'])
    await sandbox.control.changeAddresses(CLIENT_ID, ['127.0.0.1'])
    const statuses = async () => [(await get('reservation/324410', token)).status, (await get('reservation/324417', token)).status, (await get('reservation/1', token)).status]
    expect(await statuses()).toEqual([200, 200, 404])
    await sandbox.control.settings.set({ addressReach: 'granted' })
    expect(await statuses()).toEqual([403, 200, 403])
  })

  it('keeps the list by API client in the control API, and refuses what is neither an address nor a block', async () => {
    const { sandbox } = await startSandbox()
    const put = (addresses: unknown) =>
      fetch(`${sandbox.controlUrl}/api-clients/${CLIENT_ID}/addresses`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ addresses }) })
    expect(await (await put(['127.0.0.1', '10.0.0.0/8'])).json()).toEqual(['127.0.0.1', '10.0.0.0/8'])
    for (const bad of [['10.0.0.1/8'], ['::1'], ['127.0.0.01'], '127.0.0.1', [7]]) expect((await put(bad)).status).toBe(400)
    expect(sandbox.control.addresses(CLIENT_ID)).toEqual(['127.0.0.1', '10.0.0.0/8'])
    expect(await (await fetch(`${sandbox.controlUrl}/api-clients/${CLIENT_ID}/addresses`)).json()).toHaveLength(2)
  })
})

describe('changing and deleting a property', () => {
  const write = (sandbox: Sandbox, token: string, call: { method: string; id: string; body?: unknown }) =>
    fetch(`${sandbox.apiUrl}/rest/v1/accommodation/${call.id}`, {
      method: call.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    })

  it('changes any subset of the fields of a property that the token covers', async () => {
    const { sandbox, connect } = await startSandbox()
    const { access_token: token } = await connect(['324410'])
    const changed = await write(sandbox, token, { method: 'PATCH', id: '324410', body: { name: 'Nuova', isoCountry: 'FR' } })
    expect(await jsonOf(changed)).toMatchObject({ id: '324410', name: 'Nuova', location: { country: 'FR', city: 'Venezia' } })
    expect((await write(sandbox, token, { method: 'PATCH', id: '324417', body: { name: 'x' } })).status).toBe(403)
    expect((await write(sandbox, token, { method: 'PATCH', id: '324410', body: { name: 7 } })).status).toBe(400)
  })

  it('deletes a property from accounts and networks; its tokens then find nothing', async () => {
    const { sandbox, connect, get } = await startSandbox()
    const { access_token: token } = await connect(['310046'], 'giulia.rossi')
    expect((await write(sandbox, token, { method: 'DELETE', id: '310046' })).status).toBe(200)
    expect((await write(sandbox, token, { method: 'DELETE', id: '310046' })).status).toBe(404)
    expect((await get('accommodation/310046', token)).status).toBe(404)
    expect(await (await get('accommodation', token)).json()).toEqual([])
    const { networks, hoteliers } = sandbox.control.state()
    expect(networks[0]).toMatchObject({ root: '310051', accommodations: expect.not.arrayContaining(['310046']) })
    expect(hoteliers[0]?.accommodations).not.toContain('310046')
  })

  it('answers other methods of the path with 405', async () => {
    const { sandbox, connect } = await startSandbox()
    expect((await write(sandbox, (await connect()).access_token, { method: 'PUT', id: '324410' })).status).toBe(405)
  })
})

describe('networks and subscriptions (paths and fields are a guess)', () => {
  it('lists networks with what the token covers of them', async () => {
    const { connect, get, adminToken } = await startSandbox()
    const { access_token: token } = await connect(['310051'], 'giulia.rossi')
    const expected = [{ id: '310045', name: 'Rossi Collection Roma', root: '310046', accommodations: ['310051'] }]
    expect(await (await get('network', token)).json()).toEqual(expected)
    expect(await (await get('network', await adminToken())).json()).toEqual(expected)
  })

  it('keeps one subscription per event and API client, until it is deleted', async () => {
    const { sandbox, adminToken, get } = await startSandbox()
    const token = await adminToken()
    const call = (method: string, event: string, url?: string) =>
      fetch(`${sandbox.apiUrl}/rest/v1/subscription/${event}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(url !== undefined && { body: new URLSearchParams({ url }) }),
      })
    expect((await call('POST', 'RESERVATION_CREATED', 'https://pms.example/hook')).status).toBe(200)
    expect((await call('POST', 'RESERVATION_CREATED', 'https://pms.example/other')).status).toBe(200)
    expect(await (await get('subscription', token)).json()).toEqual([{ type: 'RESERVATION_CREATED', endpoint: 'https://pms.example/other' }])
    expect((await call('POST', 'NOTHING', 'https://pms.example/hook')).status).toBe(404)
    expect((await call('POST', 'RESERVATION_CHANGE', 'ftp://x')).status).toBe(400)
    expect((await call('DELETE', 'RESERVATION_CREATED')).status).toBe(200)
    expect((await call('DELETE', 'RESERVATION_CREATED')).status).toBe(404)
    expect(await (await get('subscription', token)).json()).toEqual([])
  })
})
