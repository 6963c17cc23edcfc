import { describe, expect, it } from 'vitest'
import { CLIENT_ID, factsOf, jsonOf, startSandbox, tokensOf, type Tokens } from '../testing/start'
import type { SandboxOptions } from '../create-sandbox'

const KEY = 'sbx_legacy_455301_f3a91c'
const ACCOMMODATION = '455301'

async function start(options: SandboxOptions = {}) {
  const all = await startSandbox(options)
  const migrate = (key: string | undefined = KEY, fields: Record<string, string> = { accommodation: ACCOMMODATION }, headers: Record<string, string> = {}) =>
    fetch(`${all.sandbox.apiUrl}/rest/v1/identity/migrate`, {
      method: 'POST',
      headers: { ...(key !== '' && { key }), ...headers },
      body: new URLSearchParams(fields),
    })
  return { ...all, migrate }
}

describe('identity/migrate (Migration of old keys; guide, integration strategies, 1)', () => {
  it('turns an old key into both tokens of the property and of the API client that the key belongs to', async () => {
    const { sandbox, migrate, get, refresh } = await start()
    const response = await migrate()
    expect(response.status).toBe(200)
    const tokens: Tokens = await tokensOf(response)
    expect(tokens).toMatchObject({ expireDate: '2026-03-17T09:10:11.36Z[UTC]', token_type: 'bearer' })
    expect(await (await get('accommodation', tokens.access_token)).json()).toMatchObject([{ id: ACCOMMODATION }])
    expect((await refresh(tokens.refresh_token)).status).toBe(200)
    expect(sandbox.truthLog({ type: 'key.migrated' })).toMatchObject([{ key: KEY, accommodation: ACCOMMODATION, clientId: CLIENT_ID, grant: 1, ...pick(tokens) }])
  })

  it('leaves the old key alive, because migration does not kill it on the old API', async () => {
    const { sandbox, migrate } = await start()
    await migrate()
    expect(sandbox.legacyKeys).toContainEqual({ key: KEY, accommodation: ACCOMMODATION, clientId: CLIENT_ID })
    expect(sandbox.control.state().legacyKeys).toContainEqual({ key: KEY, accommodation: ACCOMMODATION, clientId: CLIENT_ID, grant: 1 })
  })

  it('gives exactly one of 20 parallel migrations of a property its tokens, because it works once', async () => {
    const { sandbox, migrate } = await start()
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await migrate()).status))
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, ...Array<number>(19).fill(400)])
    expect(sandbox.truthLog({ type: 'key.migrated' })).toHaveLength(1)
  })

  it('keeps the only migration used up when its answer is lost, so that the way back is the consent flow', async () => {
    const { sandbox, migrate, connect } = await start()
    sandbox.control.faults.add({ endpoint: 'identity/migrate', clientId: CLIENT_ID, kind: 'reset', when: 'after' })
    await expect(migrate()).rejects.toThrow('fetch failed')
    expect((await migrate()).status).toBe(400)
    expect((await connect([ACCOMMODATION], 'hans.becker')).access_token).not.toBe('')
  })

  it.each([
    { what: 'no key', key: '', status: 401, type: 'ApiKeyMissing', reason: 'key-missing' },
    { what: 'a made-up key', key: 'nonsense', status: 401, type: 'ApiKeyInvalid', reason: 'key-unknown' },
    { what: "another property's key", key: 'sbx_legacy_455309_f3a91c', status: 403, type: 'ApiSecurityException', reason: 'other-accommodation' },
    { what: 'a property that is not there', accommodation: '1', status: 403, type: 'ApiSecurityException', reason: 'other-accommodation' },
  ])('refuses $what, and the truth log says why', async ({ key = KEY, accommodation = ACCOMMODATION, status, type, reason }) => {
    const { sandbox, migrate } = await start()
    const response = await migrate(key, { accommodation })
    expect(response.status).toBe(status)
    expect(await jsonOf(response)).toMatchObject({ type })
    expect(sandbox.truthLog({ type: 'key-migration.refused' })).toMatchObject([{ reason }])
  })

  it('refuses no accommodation, a JSON body, and the key of an API client that is not active', async () => {
    const { sandbox, migrate } = await start()
    expect(await jsonOf(await migrate(KEY, {}))).toMatchObject({ element: 'accommodation' })
    expect((await migrate(KEY, { accommodation: ACCOMMODATION }, { 'content-type': 'application/json' })).status).toBe(400)
    await sandbox.control.changeConfiguration(CLIENT_ID, { active: false })
    expect((await migrate()).status).toBe(401)
    expect(factsOf(sandbox)).not.toContain('key.migrated')
  })

  it('notes further parameters and headers, and refuses them in strict mode', async () => {
    for (const [mode, status] of [['lenient', 200], ['strict', 400]] as const) {
      const { sandbox, migrate } = await start({ mode })
      expect((await migrate(KEY, { accommodation: ACCOMMODATION, client_id: CLIENT_ID })).status).toBe(status)
      expect(sandbox.control.tape.read()[0]?.notes[0]).toEqual({ rule: 'parameter-unknown', text: 'sent client_id: Octorate does not know this parameter here' })
      expect((await migrate('sbx_legacy_455309_f3a91c', { accommodation: '455309' }, { 'x-api-version': '2' })).status).toBe(status)
      expect(sandbox.control.tape.read()[1]?.notes[0]?.rule).toBe('header-unknown')
    }
  })

  it('masks the key on the tape', async () => {
    const { sandbox, migrate } = await start()
    await migrate()
    expect(sandbox.control.tape.read()[0]?.headers.key).toBe('•••a91c')
    expect(JSON.stringify(sandbox.control.tape.read())).not.toContain(KEY)
  })
})

describe('old keys in the control API', () => {
  it('can be added, one key for several properties too, and migrate by property', async () => {
    const { sandbox, migrate } = await start()
    const add = async (body: unknown) =>
      (await fetch(`${sandbox.controlUrl}/legacy-keys`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status
    const key = 'sbx_one_for_two'
    expect([await add({ key, accommodation: '611402', clientId: CLIENT_ID }), await add({ key, accommodation: '611409', clientId: CLIENT_ID })]).toEqual([200, 200])
    expect([await add({ key, accommodation: '611409', clientId: CLIENT_ID }), await add({ key, accommodation: 'x', clientId: CLIENT_ID })]).toEqual([409, 400])
    expect(await add({ key, accommodation: '611417', clientId: 'nobody' })).toBe(404)
    const statuses = ['611402', '611409', '611409'].map(async (accommodation) => (await migrate(key, { accommodation })).status)
    expect((await Promise.all(statuses)).toSorted((one, other) => one - other)).toEqual([200, 200, 400])
  })
})

describe('what a second migration answers is a switch, because nobody knows (Migration of old keys)', () => {
  it('refuse: 400, and the first tokens live on', async () => {
    const { sandbox, migrate, refresh } = await start()
    const first = await tokensOf(await migrate())
    const response = await migrate()
    expect([response.status, (await jsonOf(response)).type]).toEqual([400, 'ApiValidationFailed'])
    expect(sandbox.control.tape.read()[1]?.notes[0]?.rule).toBe('migrated-twice')
    expect((await refresh(first.refresh_token)).status).toBe(200)
  })

  it('same-tokens: the same refresh token with a new access token', async () => {
    const { migrate, get, sandbox } = await start({ settings: { secondMigration: 'same-tokens' } })
    const first = await tokensOf(await migrate())
    const second = await tokensOf(await migrate())
    expect(second.refresh_token).toBe(first.refresh_token)
    expect(second.access_token).not.toBe(first.access_token)
    for (const { access_token: token } of [first, second]) expect((await get('user/info', token)).status).toBe(200)
    expect(sandbox.control.state().grants).toHaveLength(1)
  })

  it.each([['new-tokens', 200], ['new-tokens-end-first', 403]] as const)('%s: a second grant; the first refresh token then answers %i', async (secondMigration, status) => {
    const { migrate, refresh } = await start({ settings: { secondMigration } })
    const first = await tokensOf(await migrate())
    const second = await tokensOf(await migrate())
    expect((await refresh(first.refresh_token)).status).toBe(status)
    expect((await refresh(second.refresh_token)).status).toBe(200)
  })
})

function pick({ access_token: accessToken, refresh_token: refreshToken }: Tokens) {
  return { accessToken, refreshToken }
}
