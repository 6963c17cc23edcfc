import { describe, expect, it } from 'vitest'
import { HOUR_MS, jsonOf, startSandbox, tokensOf } from '../testing/start'

describe('identity/refresh (guide, case 1, step 4: expiration of the token)', () => {
  it('gives a new access token and its date, and no refresh token', async () => {
    const { connect, refresh } = await startSandbox()
    const { access_token: first, refresh_token: refreshToken } = await connect()
    const body = await jsonOf(await refresh(refreshToken))
    expect(Object.keys(body).toSorted()).toEqual(['access_token', 'expireDate'])
    expect(body.access_token).not.toBe(first)
  })

  it('takes the same refresh token after ten years, because it never expires', async () => {
    const { connect, refresh, clock } = await startSandbox()
    const { refresh_token: refreshToken } = await connect()
    clock.at += 10 * 365 * 24 * HOUR_MS
    expect((await refresh(refreshToken)).status).toBe(200)
    expect((await refresh(refreshToken)).status).toBe(200)
  })

  it('refuses the refresh token once the hotelier disconnects, and the access token with it', async () => {
    const { sandbox, connect, refresh, get } = await startSandbox()
    const { access_token: accessToken, refresh_token: refreshToken } = await connect(['324410'])
    const other = await connect(['324417'])
    expect(await sandbox.control.revoke({ accommodation: '324410' })).toEqual({ revoked: 1 })
    const response = await refresh(refreshToken)
    expect(response.status).toBe(403)
    expect(await jsonOf(response)).toMatchObject({ type: 'ApiSecurityException', message: 'Access to this property was withdrawn' })
    expect((await get('user/info', accessToken)).status).toBe(401)
    expect((await refresh(other.refresh_token)).status).toBe(200)
  })

  it.each([
    ['a made-up token', () => 'sbx_made-up'],
    ['an access token', (tokens: { access_token: string }) => tokens.access_token],
    ['a token with one character changed', (tokens: { refresh_token: string }) => flipLast(tokens.refresh_token)],
    ['a token with a space behind it', (tokens: { refresh_token: string }) => `${tokens.refresh_token} `],
  ])('refuses %s', async (_, spoil) => {
    const { connect, refresh, sandbox } = await startSandbox()
    const sent = spoil(await connect())
    expect((await refresh(sent)).status).toBe(403)
    expect(sandbox.truthLog({ type: 'refresh.refused' })).toMatchObject([{ reason: 'unknown', refreshToken: sent }])
  })

  it('refuses a wrong secret and an absent token', async () => {
    const { connect, refresh } = await startSandbox()
    const { refresh_token: refreshToken } = await connect()
    expect((await refresh(refreshToken, { client_secret: 'wrong' })).status).toBe(401)
    expect((await refresh('')).status).toBe(400)
  })

  it('notes a grant_type, because the API description has none here, and refuses it in strict mode', async () => {
    const { sandbox, connect, refresh } = await startSandbox()
    const { refresh_token: refreshToken } = await connect()
    expect((await refresh(refreshToken, { grant_type: 'refresh_token' })).status).toBe(200)
    expect(sandbox.control.tape.read().at(-1)?.notes[0]?.text).toBe("sent grant_type=refresh_token: Octorate's refresh has no grant_type")
    await sandbox.control.settings.set({ mode: 'strict' })
    expect((await refresh(refreshToken, { grant_type: 'refresh_token' })).status).toBe(400)
    expect((await refresh(refreshToken)).status).toBe(200)
  })

  it('leaves earlier access tokens good, and ends them when refreshEndsAccessToken is on', async () => {
    for (const [refreshEndsAccessToken, status] of [[false, 200], [true, 401]] as const) {
      const { connect, refresh, get } = await startSandbox({ settings: { refreshEndsAccessToken } })
      const { access_token: earlier, refresh_token: refreshToken } = await connect()
      const { access_token: later } = await tokensOf(await refresh(refreshToken))
      expect((await get('user/info', earlier)).status).toBe(status)
      expect((await get('user/info', later)).status).toBe(200)
    }
  })
})

describe('refresh tokens rotate as the switch says, because nobody knows what Octorate will do', () => {
  it('rotate: the new one lives, the old one is retired, the grant lives on', async () => {
    const { connect, refresh } = await startSandbox({ settings: { refreshRotation: 'rotate' } })
    const { refresh_token: first } = await connect()
    const { refresh_token: second } = await tokensOf(await refresh(first))
    expect(second).not.toBe(first)
    expect((await refresh(first)).status).toBe(403)
    expect((await refresh(second)).status).toBe(200)
  })

  it('rotate-with-reuse-detection: using a retired one ends the grant', async () => {
    const { connect, refresh, sandbox } = await startSandbox({ settings: { refreshRotation: 'rotate-with-reuse-detection' } })
    const { refresh_token: first } = await connect()
    const { refresh_token: second } = await tokensOf(await refresh(first))
    expect((await refresh(first)).status).toBe(403)
    expect((await refresh(second)).status).toBe(403)
    expect(sandbox.truthLog({ type: 'refresh.refused' })).toMatchObject([{ reason: 'reused', ends: 1 }, { reason: 'revoked' }])
  })

  it('rotate-with-grace: the one before answers with the live one for a minute', async () => {
    const { connect, refresh, clock, sandbox } = await startSandbox({ settings: { refreshRotation: 'rotate-with-grace' } })
    const { refresh_token: first } = await connect()
    const { refresh_token: second } = await tokensOf(await refresh(first))
    clock.at += 60_000
    expect((await tokensOf(await refresh(first))).refresh_token).toBe(second)
    clock.at += 1
    expect((await refresh(first)).status).toBe(403)
    expect(sandbox.control.inspect(second)).toMatchObject({ kind: 'refresh', status: 'live' })
    const { refresh_token: third } = await tokensOf(await refresh(second))
    expect(sandbox.control.state().grants).toMatchObject([{ refreshToken: third }])
  })

  it('leaves exactly one winner of 20 parallel refreshes with a rotating token', async () => {
    const { connect, refresh, sandbox } = await startSandbox({ settings: { refreshRotation: 'rotate' } })
    const { refresh_token: first } = await connect()
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await refresh(first)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(sandbox.truthLog({ type: 'token.refreshed' })).toHaveLength(1)
  })
})

function flipLast(token: string): string {
  return token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')
}
