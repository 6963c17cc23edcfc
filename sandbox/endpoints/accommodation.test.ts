import { describe, expect, it } from 'vitest'
import { defaultSeed } from '../models/default-seed'
import { CLIENT_ID, HOUR_MS, jsonOf, REDIRECT_URI, startSandbox, tokensOf, type Caller } from '../testing/start'

describe('accommodation (API description, Reading what a token covers)', () => {
  it("lists a property token's own property in a bare array, with its id as a text", async () => {
    const { connect, get } = await startSandbox()
    const { access_token: token } = await connect(['590114'], 'yuki.tanaka')
    expect(await (await get('accommodation', token)).json()).toEqual([
      {
        id: '590114',
        name: '旅館 さくら庭',
        currency: 'JPY',
        timeZone: 'Asia/Tokyo',
        networkInfo: { accessNetwork: null, accessRoot: null, accessEnabled: false },
        contact: { name: '田中 由紀', email: 'yuki.tanaka@sakuraniwa.example' },
        location: { city: '京都市', country: 'JP', zip: '604-0901', latitude: 35.0142, longitude: 135.7681 },
        sandboxProperty: true,
      },
    ])
  })

  it('lists the whole network for a token of a network, with its root', async () => {
    const { sandbox, redeem, get } = await startSandbox()
    const { code } = await sandbox.control.consent({ clientId: CLIENT_ID, redirectUri: REDIRECT_URI, username: 'giulia.rossi', network: true })
    const { access_token: token } = await tokensOf(await redeem(code ?? ''))
    const list = await listOf(get, token)
    expect(list).toHaveLength(9)
    expect(list).toMatchObject(list.map(() => ({ networkInfo: { accessNetwork: '310045', accessRoot: '310046', accessEnabled: true } })))
  })

  it("lists all of the account's connected properties for an admin token, each once, and none that was withdrawn", async () => {
    const { sandbox, connect, adminToken, get } = await startSandbox()
    const token = await adminToken()
    expect(await listOf(get, token)).toEqual([])
    for (const id of ['324410', '324417', '324417', '324425']) await connect([id])
    await sandbox.control.revoke({ accommodation: '324425' })
    expect((await listOf(get, token)).map(({ id }) => id)).toEqual(['324410', '324417'])
  })

  it('pages by fifty and ends with an empty array', async () => {
    const accommodations = Array.from({ length: 120 }, (_, index) => ({ ...(defaultSeed.accommodations[0] ?? never()), id: String(1_000 + index) }))
    const ids = accommodations.map(({ id }) => id)
    const seed = {
      ...defaultSeed,
      accommodations,
      networks: [{ id: '1', name: 'Big', root: '1000', accommodations: ids }],
      hoteliers: [{ username: 'big', password: 'hotel', name: 'Big', email: 'big@example.example', accommodations: ids, network: '1' }],
    }
    const { connect, get } = await startSandbox({ seed })
    const { access_token: token } = await connect(ids, 'big')
    const sizes = await Promise.all(['', '?page=0', '?page=1', '?page=2', '?page=3'].map(async (page) => (await listOf(get, token, page)).length))
    expect(sizes).toEqual([50, 50, 50, 20, 0])
    expect((await get('accommodation?page=-1', token)).status).toBe(400)
  })

  it('reads one property of its own, and answers errNoResourcesForIdentity for every other', async () => {
    const { connect, get, adminToken } = await startSandbox()
    const { access_token: token } = await connect(['324410'])
    expect(await jsonOf(await get('accommodation/324410', token))).toMatchObject({ id: '324410', name: 'Locanda Bianchi' })
    for (const path of ['accommodation/324417', 'accommodation/1', 'accommodation/__proto__']) {
      const response = await get(path, token)
      expect(response.status).toBe(403)
      expect(await jsonOf(response)).toMatchObject({ message: 'errNoResourcesForIdentity' })
    }
    expect((await get('accommodation/324410', await adminToken())).status).toBe(403)
  })
})

describe('bearer tokens (API description, Errors)', () => {
  it.each([
    [undefined, 401, 'ApiSecurityException'],
    ['sbx_nonsense', 401, 'ApiKeyInvalid'],
    ['', 401, 'ApiSecurityException'],
  ])('answers the token %j with %i %s', async (token, status, type) => {
    const { get } = await startSandbox()
    const response = await get('accommodation', token)
    expect(response.status).toBe(status)
    expect(await jsonOf(response)).toMatchObject({ type })
  })

  it('answers ApiLoginExpired after a day, or 401 when the switch says so', async () => {
    for (const [expiredTokenAnswer, status, type] of [['login-expired', 403, 'ApiLoginExpired'], ['unauthorized', 401, 'ApiKeyInvalid']] as const) {
      const { connect, get, clock } = await startSandbox({ settings: { expiredTokenAnswer } })
      const { access_token: token } = await connect()
      clock.at += 24 * HOUR_MS - 1
      expect((await get('accommodation', token)).status).toBe(200)
      clock.at += 1
      const response = await get('accommodation', token)
      expect(response.status).toBe(status)
      expect(await jsonOf(response)).toMatchObject({ type })
    }
  })

  it('refuses a refresh token as bearer', async () => {
    const { connect, get } = await startSandbox()
    expect((await get('accommodation', (await connect()).refresh_token)).status).toBe(401)
  })

  it('counts calls down in X-RateLimit-Remaining, and refuses by 403 once the quota is enforced', async () => {
    const { connect, get, sandbox, clock } = await startSandbox({ settings: { quotaLimit: 2 } })
    const { access_token: token } = await connect()
    const remaining = async () => (await get('user/info', token)).headers.get('x-ratelimit-remaining')
    expect([await remaining(), await remaining(), await remaining()]).toEqual(['1', '0', '0'])
    await sandbox.control.settings.set({ quotaEnforced: true })
    const response = await get('user/info', token)
    expect(response.status).toBe(403)
    expect(await jsonOf(response)).toMatchObject({ type: 'ApiQuotaException' })
    clock.at += 300_000
    expect((await get('user/info', token)).status).toBe(200)
  })
})

describe('user/info (API description)', () => {
  it('names the person who consented', async () => {
    const { connect, get } = await startSandbox()
    const { access_token: token } = await connect()
    expect(await jsonOf(await get('user/info', token))).toEqual({
      name: 'Marco Bianchi',
      email: 'marco@locandabianchi.example',
      username: 'marco.bianchi',
    })
  })

  it('refuses an admin token, because nobody consented to it', async () => {
    const { adminToken, get } = await startSandbox()
    const response = await get('user/info', await adminToken())
    expect(response.status).toBe(403)
    expect(await jsonOf(response)).toMatchObject({ message: 'errNoResourcesForIdentity' })
  })
})

async function listOf(get: Caller['get'], token: string, query = ''): Promise<{ id: string }[]> {
  const list: unknown = await (await get(`accommodation${query}`, token)).json()
  if (!Array.isArray(list)) throw new TypeError('expected a bare array')
  return list
}

function never(): never {
  throw new TypeError('the seed is empty')
}
