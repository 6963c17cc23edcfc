import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '@/server/auth/password'
import { startConsole, type TestConsole } from '../console'
import { makePerson } from '../make-organization'
import { startOidcIssuer, type Claims, type OidcIssuer } from '../oidc-issuer'
import { Browser } from './browser'

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
async function signInAs(claims: Claims, at: TestConsole = console): Promise<{ ends: string; status: number }> {
  issuer.claims = claims
  const jar = new Map<string, string>()
  const go = async (address: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const own = { origin: at.url, 'sec-fetch-site': 'same-origin' }
    const answer = await fetch(address, { redirect: 'manual', ...init, headers: { ...own, cookie, ...init.headers } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const { csrfToken } = (await (await go(`${at.url}/api/auth/csrf`)).json()) as { csrfToken: string }
  const started = await go(`${at.url}/api/auth/signin/oidc`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, json: 'true' }),
  })
  const { url } = (await started.json()) as { url: string }
  const atProvider = await go(url)
  const back = await go(atProvider.headers.get('location') ?? '')
  const session = await go(`${at.url}/api/sessions`)
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

describe('where groups give roles, domains are listed and passwords are off', () => {
  let strict: TestConsole

  beforeAll(async () => {
    strict = await startConsole({
      KEYRACK_OIDC_ISSUER: issuer.url,
      KEYRACK_OIDC_CLIENT_ID: 'keyrack',
      KEYRACK_OIDC_CLIENT_SECRET: 'a secret of the provider',
      KEYRACK_OIDC_DOMAINS: 'keyrack.example',
      KEYRACK_OIDC_ROLES: 'engineers=developer,help=support',
      KEYRACK_PASSWORDS: 'off',
    })
  })
  afterAll(() => strict.stop())

  const roleOf = async (id: string) => (await strict.sql.query<{ role: string }>('SELECT role FROM memberships WHERE user_id = $1', [id])).rows[0]?.role

  test('a sign-in gives the role of the groups, the widest of them, and writes it down', async () => {
    const { id, email } = strict.organization.people.viewer
    expect(await signInAs({ email, email_verified: true, groups: ['help', 'engineers'] }, strict)).toMatchObject({ status: 200 })
    expect(await roleOf(id)).toBe('developer')
    expect(await signInAs({ email, email_verified: true, groups: ['help'] }, strict)).toMatchObject({ status: 200 })
    expect(await roleOf(id)).toBe('support')
    const { rows } = await strict.sql.query("SELECT detail FROM audit_events WHERE action = 'person.role_changed' AND target_id = $1 ORDER BY id", [id])
    expect(rows).toMatchObject([
      { detail: { before: { role: 'viewer' }, after: { role: 'developer' } } }, { detail: { before: { role: 'developer' }, after: { role: 'support' } } },
    ])
  })

  test('who is in no such group is refused, and keeps the role', async () => {
    const { id, email } = strict.organization.people.developer
    expect(await signInAs({ email, email_verified: true, groups: ['others'] }, strict)).toMatchObject({ status: 401 })
    expect(await signInAs({ email, email_verified: true }, strict)).toMatchObject({ status: 401 })
    expect(await roleOf(id)).toBe('developer')
  })

  test('the last owner stays one, whatever the groups say', async () => {
    const { id, email } = strict.organization.people.owner
    expect(await signInAs({ email, email_verified: true, groups: ['help'] }, strict)).toMatchObject({ status: 200 })
    expect(await roleOf(id)).toBe('owner')
  })

  test('an e-mail of another domain is refused, though it has an account', async () => {
    const { id } = strict.otherOrganization.people.support
    await strict.sql.query("UPDATE users SET email = 'robin@elsewhere.example' WHERE id = $1", [id])
    expect(await signInAs({ email: 'robin@elsewhere.example', email_verified: true, groups: ['help'] }, strict)).toMatchObject({ status: 401 })
  })

  test('the right password opens nothing, and the sign-in page asks for none', async () => {
    const person = await makePerson(strict, { organizationId: strict.organization.id, role: 'viewer', passwordHash: await hashPassword('four unrelated words') })
    const browser = new Browser(strict)
    await browser.signIn(person.email, 'four unrelated words').catch(() => undefined)
    expect((await browser.ask('/api/sessions')).status).toBe(401)
    const { text } = await strict.fetchAs(null, '/sign-in')
    expect([text.includes('type="password"'), text.includes('Sign in with single sign-on')]).toEqual([false, true])
  })
})
