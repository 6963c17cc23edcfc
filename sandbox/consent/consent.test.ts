import { describe, expect, it } from 'vitest'
import returnTo from '../../tests/vectors/return-to.json'
import { consentUrl, createBrowser } from '../testing/browser'
import { CLIENT_ID, factsOf, startSandbox, tokensOf } from '../testing/start'

const HTML_NAME = '<b>Villa</b> & "Mare" <img src=x onerror=alert(1)>'

const hostile = [
  ...returnTo.map(({ value }) => value),
  'https://localhost/',
  'https://localhost ',
  ' https://localhost',
  'https://localhost\t',
  'https://localhost\r\nSet-Cookie: a=b',
  'HTTPS://localhost',
  'https://LOCALHOST',
  'https://localhost:443',
  'https://localhost.',
  'https://localhost.evil.test',
  'https://localhost@evil.test',
  'https://evil.test/https://localhost',
  'https://evil.test#https://localhost',
  'https://localhost/../evil',
  'https://localhost?',
  'https://localhost#',
  'https://localhost?x=1',
  'http://localhost',
  'https:localhost',
  'https:/localhost',
  'https:\\\\localhost',
  '//localhost',
  'localhost',
  'https://%6cocalhost',
  'https://localhost%00',
  'https://localhost\u0000',
  'https://loc\u0430lhost',
  '["https://localhost"]',
  'null',
]

describe('the redirect URI (guide, step 1: this page should be whitelisted before)', () => {
  it.each(hostile)('never sends a browser to %j, whether it asks, signs in, approves or refuses', async (redirectUri) => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    await browser.signIn(consentUrl(sandbox))
    const bad = consentUrl(sandbox, { redirect_uri: redirectUri })
    const csrf = browser.csrfOf((await browser.request(consentUrl(sandbox))).text)
    const answers = [
      await browser.request(bad),
      await browser.request(bad, { csrf, do: 'sign-in', username: 'giulia.rossi', password: 'hotel' }),
      await browser.request(bad, { csrf, do: 'approve', choice: '310046' }),
      await browser.request(bad, { csrf, do: 'refuse' }),
    ]
    for (const { response, text } of answers) {
      expect(response.status).toBe(400)
      expect(response.headers.get('location')).toBeNull()
      expect(text).not.toContain('<form')
    }
    expect(factsOf(sandbox)).toEqual(['sandbox.seeded'])
  })

  it('refuses two redirect URIs, one of them registered', async () => {
    const { sandbox } = await startSandbox()
    for (const twice of ['&redirect_uri=https%3A%2F%2Fevil.test', '&client_id=other', '&state=a&state=b']) {
      expect((await fetch(consentUrl(sandbox) + twice, { redirect: 'manual' })).status).toBe(400)
    }
  })

  it('refuses everybody when the list was cleared', async () => {
    const { sandbox } = await startSandbox()
    await sandbox.control.changeConfiguration(CLIENT_ID, { redirectUri: [] })
    expect((await fetch(consentUrl(sandbox))).status).toBe(400)
  })

  it.each(['', 'nobody', '__proto__', 'constructor', '<script>alert(1)</script>'])('refuses the client_id %j on an error page', async (clientId) => {
    const { sandbox } = await startSandbox()
    const response = await fetch(consentUrl(sandbox, { client_id: clientId }), { redirect: 'manual' })
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain('<script')
  })

  it('takes a registered http address on this machine in lenient mode with a note, and refuses it in strict mode', async () => {
    for (const [mode, status] of [['lenient', 200], ['strict', 400]] as const) {
      const { sandbox } = await startSandbox({ mode })
      const redirectUri = 'http://localhost:8080/callback'
      await sandbox.control.addApiClient({ clientId: 'local', clientSecret: 'sbx_local', redirectUris: [redirectUri] })
      const response = await fetch(consentUrl(sandbox, { client_id: 'local', redirect_uri: redirectUri }))
      expect(response.status).toBe(status)
      expect(sandbox.control.tape.read()[0]?.notes[0]?.rule).toBe('redirect-uri-plain')
      const consent = sandbox.control.consent({ clientId: 'local', redirectUri, username: 'marco.bianchi', properties: ['324410'] })
      expect(await consent.then(() => 200, () => 400)).toBe(status)
    }
  })

  it('notes parameters that Octorate does not know, and refuses them in strict mode', async () => {
    const lenient = await startSandbox()
    expect((await fetch(consentUrl(lenient.sandbox, { response_type: 'code' }))).status).toBe(200)
    expect(lenient.sandbox.control.tape.read().at(-1)?.notes[0]?.text).toContain('response_type')
    const strict = await startSandbox({ mode: 'strict' })
    expect((await fetch(consentUrl(strict.sandbox, { response_type: 'code' }))).status).toBe(400)
  })
})

describe('the way through the consent page (guide, case 1, step 1)', () => {
  it('signs in, approves one property, and comes back with a code that works', async () => {
    const { sandbox, redeem, get } = await startSandbox()
    const browser = createBrowser()
    const url = consentUrl(sandbox, { state: 'abc' })
    const signedIn = await browser.signIn(url)
    expect(signedIn.response.status).toBe(303)
    const back = new URL(signedIn.response.headers.get('location') ?? '', sandbox.url)
    expect([back.origin, back.searchParams.get('state')]).toEqual([sandbox.url, 'abc'])
    const { response } = await browser.submit(url, { do: 'approve', choice: '310051' })
    expect(response.status).toBe(303)
    const location = new URL(response.headers.get('location') ?? '')
    expect([location.origin, location.searchParams.get('state')]).toEqual(['https://localhost', 'abc'])
    const { access_token: token } = await tokensOf(await redeem(location.searchParams.get('code') ?? ''))
    expect(await (await get('accommodation', token)).json()).toMatchObject([{ id: '310051' }])
  })

  it('covers the whole network when the hotelier chooses it', async () => {
    const { sandbox, redeem, get } = await startSandbox()
    const browser = createBrowser()
    await browser.signIn(consentUrl(sandbox))
    const { response } = await browser.submit(consentUrl(sandbox), { do: 'approve', choice: 'network' })
    const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const list: unknown = await (await get('accommodation', (await tokensOf(await redeem(code))).access_token)).json()
    expect(list).toHaveLength(9)
  })

  it.each(['abc', '', 'a b+c%20&d=é#?/', '\n\r\t\u0000', '漢字🙂', '"><script>alert(1)</script>', 'x'.repeat(4_000)])(
    'gives the state %j back untouched, and its absence too',
    async (state) => {
      const { sandbox } = await startSandbox()
      const browser = createBrowser()
      await browser.signIn(consentUrl(sandbox, { state }))
      const page = await browser.request(consentUrl(sandbox, { state }))
      const action = /action="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      const { response } = await browser.request(sandbox.url + action, { csrf: browser.csrfOf(page.text), do: 'approve', choice: '310051' })
      expect(new URL(response.headers.get('location') ?? '').searchParams.get('state')).toBe(state)
      const without = await browser.submit(consentUrl(sandbox), { do: 'approve', choice: '310051' })
      expect(new URL(without.response.headers.get('location') ?? '').searchParams.has('state')).toBe(false)
    },
  )

  it('keeps a query that the registered redirect URI has', async () => {
    const { sandbox } = await startSandbox()
    const redirectUri = 'https://console.example/cb?tenant=7'
    await sandbox.control.changeConfiguration(CLIENT_ID, { redirectUri: [redirectUri] })
    const { location } = await sandbox.control.consent({ clientId: CLIENT_ID, redirectUri, username: 'marco.bianchi', properties: ['324410'], state: 's' })
    expect(location).toMatch(/^https:\/\/console\.example\/cb\?tenant=7&code=sbx_[\w-]+&state=s$/)
  })

  it('sends the browser back with error=access_denied and no code after a refusal', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    const url = consentUrl(sandbox, { state: 's' })
    await browser.signIn(url)
    const { response } = await browser.submit(url, { do: 'refuse' })
    expect([response.status, response.headers.get('location')]).toEqual([303, 'https://localhost?error=access_denied&state=s'])
    expect(factsOf(sandbox)).toEqual(['sandbox.seeded', 'consent.refused'])
  })

  it("asks again instead of approving nothing, another hotelier's property, or a network that is not there", async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    await browser.signIn(consentUrl(sandbox), 'marco.bianchi')
    for (const choice of ['', '310051', 'network', '__proto__']) {
      const { response, text } = await browser.submit(consentUrl(sandbox), { do: 'approve', choice })
      expect(response.status).toBe(422)
      expect(text).toContain('Choose a property first.')
    }
    expect(factsOf(sandbox)).toEqual(['sandbox.seeded'])
  })

  it('refuses a wrong password, and an old one after it was changed', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    expect((await browser.signIn(consentUrl(sandbox), 'giulia.rossi', 'wrong')).response.status).toBe(422)
    expect((await browser.signIn(consentUrl(sandbox), 'nobody', 'hotel')).response.status).toBe(422)
    expect((await browser.signIn(consentUrl(sandbox))).response.status).toBe(303)
    await sandbox.control.changePassword('giulia.rossi', 'fresh')
    expect((await browser.request(consentUrl(sandbox))).text).toContain('Sign in as a hotelier')
    expect((await browser.signIn(consentUrl(sandbox))).response.status).toBe(422)
    expect((await browser.signIn(consentUrl(sandbox), 'giulia.rossi', 'fresh')).response.status).toBe(303)
  })

  it('fills in an account by one button, because a newcomer has none', async () => {
    const { sandbox } = await startSandbox()
    const { text } = await createBrowser().submit(consentUrl(sandbox), { do: 'fill', fill: 'yuki.tanaka' })
    expect(text).toContain('name="username" value="yuki.tanaka"')
    expect(text).toContain('name="password" value="hotel"')
    expect(text).toContain('giulia.rossi / password: hotel')
  })

  it('signs out by another button, and by the end of eight hours', async () => {
    const { sandbox, clock } = await startSandbox()
    const browser = createBrowser()
    await browser.signIn(consentUrl(sandbox))
    await browser.submit(consentUrl(sandbox), { do: 'sign-out' })
    expect((await browser.request(consentUrl(sandbox))).text).toContain('Sign in as a hotelier')
    await browser.signIn(consentUrl(sandbox))
    clock.at += 8 * 3_600_000
    expect((await browser.request(consentUrl(sandbox))).text).toContain('Sign in as a hotelier')
  })
})

describe('forms belong to the visit that they were shown in', () => {
  it('changes the session at sign-in, so that a planted one is worth nothing', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    await browser.request(consentUrl(sandbox))
    const planted = browser.cookie()
    await browser.signIn(consentUrl(sandbox))
    expect(browser.cookie()).not.toBe(planted)
    const thief = await fetch(consentUrl(sandbox), { headers: { cookie: planted } })
    expect(await thief.text()).toContain('Sign in as a hotelier')
  })

  it.each([
    ['no token', () => ({})],
    ['a made-up token', () => ({ csrf: 'AAAA' })],
    ["another visit's token", (other: string) => ({ csrf: other })],
  ])('refuses to approve with %s', async (_, fields) => {
    const { sandbox } = await startSandbox()
    const [victim, attacker] = [createBrowser(), createBrowser()]
    await victim.signIn(consentUrl(sandbox))
    await attacker.signIn(consentUrl(sandbox), 'marco.bianchi')
    const others = attacker.csrfOf((await attacker.request(consentUrl(sandbox))).text)
    const { response } = await victim.request(consentUrl(sandbox), { ...fields(others), do: 'approve', choice: '310051' })
    expect(response.status).toBe(403)
    expect(factsOf(sandbox)).toEqual(['sandbox.seeded'])
  })

  it('refuses a form without the cookie, and one that another site sends', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    await browser.signIn(consentUrl(sandbox))
    const csrf = browser.csrfOf((await browser.request(consentUrl(sandbox))).text)
    const send = (headers: Record<string, string>) =>
      fetch(consentUrl(sandbox), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ csrf, do: 'approve', choice: '310051' }) })
    expect((await send({})).status).toBe(403)
    expect((await send({ cookie: browser.cookie(), 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ cookie: browser.cookie(), 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await send({ cookie: browser.cookie(), 'sec-fetch-site': 'same-origin' })).status).toBe(303)
  })
})

describe('what the pages send', () => {
  it('sets a cookie of its own name, closed to scripts and to other sites', async () => {
    const { sandbox } = await startSandbox()
    const response = await fetch(consentUrl(sandbox))
    expect(response.headers.get('set-cookie')).toMatch(/^sandbox-session=[\w-]{43}; Path=\/octobook\/; HttpOnly; SameSite=Lax$/)
  })

  it('allows no script, no frame, and forms to itself and to the checked redirect URI only', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    const before = (await browser.request(consentUrl(sandbox))).response.headers
    expect(before.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]{22}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    )
    await browser.signIn(consentUrl(sandbox))
    const { headers } = (await browser.request(consentUrl(sandbox))).response
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https://localhost;")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('shows a property whose name is markup as text', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    await browser.signIn(consentUrl(sandbox), 'elena.ferri')
    const { text } = await browser.request(consentUrl(sandbox))
    expect(text).toContain('&lt;b&gt;Villa&lt;/b&gt; &amp; &quot;Mare&quot; &lt;img src=x onerror=alert(1)&gt;')
    expect(text).not.toContain('<img')
  })

  it('shows an application, a user and a state that are markup as text', async () => {
    const { sandbox } = await startSandbox()
    await sandbox.control.changeConfiguration(CLIENT_ID, { applicationName: HTML_NAME })
    const browser = createBrowser()
    const url = consentUrl(sandbox, { state: `"'><img src=x>` })
    const pages = [
      await browser.request(url),
      await browser.submit(url, { do: 'sign-in', username: HTML_NAME, password: HTML_NAME }),
      await browser.submit(url, { do: 'fill', fill: HTML_NAME }),
    ]
    await browser.signIn(url)
    pages.push(await browser.request(url), await browser.submit(url, { do: 'approve', choice: HTML_NAME }))
    for (const { text } of pages) expect(text).not.toMatch(/<img|<b>|<script/)
  })

  it('carries the banner on every page, the error page too', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    const pages = [await browser.request(`${sandbox.url}/`), await browser.request(consentUrl(sandbox, { client_id: 'x' })), await browser.request(consentUrl(sandbox))]
    await browser.signIn(consentUrl(sandbox))
    pages.push(await browser.request(consentUrl(sandbox)))
    for (const { text } of pages) expect(text).toContain('This is an emulator for developers, not Octorate.')
  })

  it('keeps neither cookies, passwords, codes nor the state on the tape', async () => {
    const { sandbox } = await startSandbox()
    const browser = createBrowser()
    const url = consentUrl(sandbox, { state: 'a-very-secret-state' })
    await browser.signIn(url, 'giulia.rossi', 'not-the-password')
    await browser.signIn(url)
    const tape = JSON.stringify(sandbox.control.tape.read())
    expect(tape).toContain('"state":"•••tate"')
    for (const secret of ['sandbox-session', browser.cookie().split('=')[1], 'not-the-password', 'a-very-secret']) expect(tape).not.toContain(secret)
  })
})
