import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../console'
import { startOidcIssuer, type Claims, type OidcIssuer } from '../oidc-issuer'

let issuer: OidcIssuer
let console: TestConsole

beforeAll(async () => {
  issuer = await startOidcIssuer('keyrack')
  console = await startConsole({
    KEYRACK_OIDC_ISSUER: issuer.url,
    KEYRACK_OIDC_CLIENT_ID: 'keyrack',
    KEYRACK_OIDC_CLIENT_SECRET: 'a secret of the provider',
  })
})

afterAll(async () => {
  await console.stop()
  await issuer.close()
})

/** Walks through the provider as a browser would; answers where it ends and whether a session began. */
async function signInAs(claims: Claims): Promise<{ ends: string; status: number }> {
  issuer.claims = claims
  const jar = new Map<string, string>()
  const go = async (address: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const own = { origin: console.url, 'sec-fetch-site': 'same-origin' }
    const answer = await fetch(address, { redirect: 'manual', ...init, headers: { ...own, cookie, ...init.headers } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const { csrfToken } = (await (await go(`${console.url}/api/auth/csrf`)).json()) as { csrfToken: string }
  const started = await go(`${console.url}/api/auth/signin/oidc`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, json: 'true' }),
  })
  const { url } = (await started.json()) as { url: string }
  const atProvider = await go(url)
  const back = await go(atProvider.headers.get('location') ?? '')
  const session = await go(`${console.url}/api/sessions`)
  return { ends: back.headers.get('location') ?? '', status: session.status }
}

test('signs in who has an account here under the e-mail that the provider has verified', async () => {
  const { email } = console.organization.people.developer
  expect(await signInAs({ email, email_verified: true })).toMatchObject({ status: 200 })
})

test.each<[Claims, string]>([
  [{ email: 'stranger@example.com', email_verified: true }, 'nobody is made by signing in'],
  [{ email_verified: true }, 'there is no e-mail'],
])('refuses %j, because %s', async (claims) => {
  expect(await signInAs(claims)).toMatchObject({ status: 401, ends: expect.stringContaining('error=AccessDenied') })
})

test('refuses an e-mail that the provider has not verified, because anybody could have typed it', async () => {
  const { email } = console.organization.people.owner
  expect(await signInAs({ email, email_verified: false })).toMatchObject({ status: 401 })
  expect(await signInAs({ email })).toMatchObject({ status: 401 })
})
