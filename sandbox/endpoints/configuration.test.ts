import { describe, expect, it } from 'vitest'
import { jsonOf, startSandbox } from '../testing/start'

const CALLBACK = 'https://console.example/oauth/callback/one'

describe('api/configuration (API description, API configuration)', () => {
  it('shows the settings with their read-only neighbours to an admin token', async () => {
    const { adminToken, get } = await startSandbox()
    expect(await jsonOf(await get('api/configuration', await adminToken()))).toMatchObject({
      environment: 'SANDBOX',
      redirectUri: ['https://localhost'],
      active: true,
      quotaLimit: 100,
      permissions: { accommodation: 'READWRITE', cardDetail: 'NONE' },
    })
  })

  it('refuses a property token, because it is the wrong kind', async () => {
    const { connect, get, patchConfiguration } = await startSandbox()
    const { access_token: token } = await connect()
    for (const response of [await get('api/configuration', token), await patchConfiguration(token, {})]) {
      expect(response.status).toBe(403)
      expect(await jsonOf(response)).toMatchObject({ type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' })
    }
  })

  it('replaces the whole list of redirect URIs, so that adding one alone drops the others', async () => {
    const { adminToken, patchConfiguration, get } = await startSandbox()
    const token = await adminToken()
    expect((await patchConfiguration(token, { redirectUri: [CALLBACK] })).status).toBe(200)
    expect(await jsonOf(await get('api/configuration', token))).toMatchObject({ redirectUri: [CALLBACK] })
  })

  it('clears the list by null, and leaves it alone when the field is absent', async () => {
    const { adminToken, patchConfiguration } = await startSandbox()
    const token = await adminToken()
    const renamed = await jsonOf(await patchConfiguration(token, { applicationName: 'Mare PMS', description: { IT: 'Ciao' } }))
    expect(renamed).toMatchObject({ applicationName: 'Mare PMS', description: { IT: 'Ciao' }, redirectUri: ['https://localhost'] })
    expect(await jsonOf(await patchConfiguration(token, { redirectUri: null }))).toMatchObject({ redirectUri: [] })
  })

  it('lets the consent page use a redirect URI as soon as it is registered, and no longer', async () => {
    const { sandbox, adminToken, patchConfiguration } = await startSandbox()
    const show = (uri: string) =>
      fetch(`${sandbox.backOfficeUrl}/octobook/identity/oauth.xhtml?client_id=keyrack-sandbox&redirect_uri=${encodeURIComponent(uri)}`)
    expect((await show(CALLBACK)).status).toBe(400)
    await patchConfiguration(await adminToken(), { redirectUri: [CALLBACK] })
    expect((await show(CALLBACK)).status).toBe(200)
    expect((await show('https://localhost')).status).toBe(400)
  })

  it.each([
    [{ redirectUri: ['http://console.example/cb'] }, '$.redirectUri[0]'],
    [{ redirectUri: [CALLBACK, 'not a url'] }, '$.redirectUri[1]'],
    [{ redirectUri: ['https://console.example/#f'] }, '$.redirectUri[0]'],
    [{ redirectUri: ['https://user:pw@console.example/'] }, '$.redirectUri[0]'],
    [{ redirectUri: ['javascript:alert(1)'] }, '$.redirectUri[0]'],
    [{ redirectUri: ['https:console.example'] }, '$.redirectUri[0]'],
    [{ redirectUri: [7] }, '$.redirectUri[0]'],
    [{ redirectUri: CALLBACK }, '$.redirectUri'],
    [{ environment: 'TEST' }, '$.environment'],
    [{ category: 'HOTEL' }, '$.category'],
    [{ secretVisibility: 'yes' }, '$.secretVisibility'],
    [{ applicationName: '' }, '$.applicationName'],
    [{ description: { it: 'minuscolo' } }, '$.description'],
    [{ icon: 'not a url' }, '$.icon'],
  ])('refuses %j and names %s', async (body, element) => {
    const { adminToken, patchConfiguration, sandbox } = await startSandbox()
    const response = await patchConfiguration(await adminToken(), body)
    expect(response.status).toBe(400)
    expect(await jsonOf(response)).toMatchObject({ type: 'ApiValidationFailed', element })
    expect(sandbox.truthLog({ type: 'configuration.changed' })).toEqual([])
  })

  it('takes http on this machine in lenient mode only, because Octorate takes https', async () => {
    const uri = 'http://localhost:3000/oauth/callback/one'
    for (const [mode, status] of [['lenient', 200], ['strict', 400]] as const) {
      const { adminToken, patchConfiguration } = await startSandbox({ mode })
      expect((await patchConfiguration(await adminToken(), { redirectUri: [uri] })).status).toBe(status)
    }
  })

  it('ignores read-only fields with a lint note, and refuses them in strict mode', async () => {
    const lenient = await startSandbox()
    const body = await jsonOf(await lenient.patchConfiguration(await lenient.adminToken(), { quotaLimit: 9_999 }))
    expect(body).toMatchObject({ quotaLimit: 100 })
    expect(lenient.sandbox.control.tape.read().at(-1)?.notes).toEqual([{ rule: 'configuration-read-only', text: 'sent quotaLimit in the configuration: it is not writable' }])
    const strict = await startSandbox({ mode: 'strict' })
    expect((await strict.patchConfiguration(await strict.adminToken(), { quotaLimit: 9_999 })).status).toBe(400)
  })

  it('reads an icon back as a stored name, though it is written as a URL', async () => {
    const { adminToken, patchConfiguration } = await startSandbox()
    const body = await jsonOf(await patchConfiguration(await adminToken(), { icon: 'https://cdn.example/a/logo.png?v=2' }))
    expect(body).toMatchObject({ icon: 'logo.png' })
  })

  it.each([
    ['{', 'JsonParseExemption'],
    ['[]', 'ApiValidationFailed'],
    ['"text"', 'ApiValidationFailed'],
  ])('answers the body %s with %s', async (body, type) => {
    const { adminToken, patchConfiguration } = await startSandbox()
    const response = await patchConfiguration(await adminToken(), body)
    expect(response.status).toBe(400)
    expect(await jsonOf(response)).toMatchObject({ type })
  })

  it('refuses to change redirect URIs in production when the switch says that Octorate sets them itself', async () => {
    const { adminToken, patchConfiguration, sandbox } = await startSandbox({ settings: { productionRedirectUri: 'refused' } })
    const token = await adminToken()
    await sandbox.control.changeConfiguration('keyrack-sandbox', { environment: 'PRODUCTION' })
    const response = await patchConfiguration(token, { redirectUri: [CALLBACK] })
    expect(response.status).toBe(403)
    expect(await jsonOf(response)).toMatchObject({ type: 'WrongEnviroment' })
  })
})
