import { describe, expect, it } from 'vitest'
import { HOUR_MS, jsonOf, startSandbox } from '../testing/start'

const YEAR_MS = 365 * 24 * HOUR_MS

describe('identity/apilogin (guide, case 2: ApiLogin; case 3: valid for one year)', () => {
  it('gives an access token for a year, and no refresh token', async () => {
    const { post, credentials } = await startSandbox()
    expect(await jsonOf(await post('identity/apilogin', credentials))).toEqual({
      access_token: expect.stringMatching(/^sbx_/),
      expireDate: '2027-03-16T09:10:11.36Z[UTC]',
    })
  })

  it('lets the token work until its year is over', async () => {
    const { adminToken, get, clock } = await startSandbox()
    const token = await adminToken()
    clock.at += YEAR_MS - 1
    expect((await get('api/configuration', token)).status).toBe(200)
    clock.at += 1
    const response = await get('api/configuration', token)
    expect(response.status).toBe(403)
    expect(await jsonOf(response)).toMatchObject({ type: 'ApiLoginExpired' })
  })

  it.each([
    [{ client_secret: 'wrong' }, 401],
    [{ client_id: 'nobody' }, 401],
    [{ client_secret: '' }, 400],
  ])('answers %j with %i', async (fields, status) => {
    const { post, credentials } = await startSandbox()
    expect((await post('identity/apilogin', { ...credentials, ...fields })).status).toBe(status)
  })

  it('leaves the earlier token good, and ends it when newLoginEndsAdminToken is on', async () => {
    for (const [newLoginEndsAdminToken, status] of [[false, 200], [true, 401]] as const) {
      const { adminToken, get } = await startSandbox({ settings: { newLoginEndsAdminToken } })
      const earlier = await adminToken()
      await adminToken()
      expect((await get('api/configuration', earlier)).status).toBe(status)
    }
  })

  it('takes only the new secret after a rotation, while tokens live on', async () => {
    const { sandbox, adminToken, post, get, credentials } = await startSandbox()
    const token = await adminToken()
    await sandbox.control.changeClientSecret('keyrack-sandbox', 'sbx_new')
    expect((await post('identity/apilogin', credentials)).status).toBe(401)
    expect((await post('identity/apilogin', { ...credentials, client_secret: 'sbx_new' })).status).toBe(200)
    expect((await get('api/configuration', token)).status).toBe(200)
  })
})
