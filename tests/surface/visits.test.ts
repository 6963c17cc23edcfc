import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visitorPages } from '@/contracts/paths'
import { startConsole, type TestConsole } from '../console'
import { makeLink, type TestLink } from '../make-link'
import { snapshotState } from '../state-snapshot'

let keyrack: TestConsole
let link: TestLink

beforeAll(async () => {
  keyrack = await startConsole({ LOG_LEVEL: 'trace' })
  link = await makeLink(keyrack, keyrack.organization)
})
afterAll(() => keyrack.stop())

const addresses = () => [visitorPages.link(link.token), visitorPages.link('unknown'), visitorPages.visit(link.id), visitorPages.phoneCode()]
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Opens the link's page in a browser of its own: its cookie, and the token of its form. */
async function openLink(): Promise<{ cookie: string; form: string }> {
  const page = await keyrack.fetchWith(null, visitorPages.link(link.token))
  return { cookie: page.setCookies[0]?.split(';', 1)[0] ?? '', form: /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? '' }
}

describe("the hotelier's pages", () => {
  test('carry a policy of their own, allow no script, and are kept by no cache, whoever asks and however', async () => {
    for (const address of addresses()) {
      for (const method of ['GET', 'POST', 'PUT']) {
        const { headers, text } = await keyrack.fetchWith(null, address, { method, ...(method === 'GET' ? {} : { body: '', headers: FORM }) })
        expect([address, method, headers['cache-control'], headers['x-frame-options'], headers['referrer-policy']]).toEqual([address, method, 'no-store', 'DENY', 'same-origin'])
        expect(String(headers['content-security-policy'])).toMatch(/default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/)
        expect(text).not.toMatch(/<script|\son[a-z]+=/i)
      }
    }
    const { headers } = await keyrack.fetchWith(null, visitorPages.link(link.token))
    expect(headers['content-security-policy']).not.toContain('script-src')
    expect(headers['content-security-policy']).toContain(`form-action 'self' ${keyrack.sandbox.origin};`)
  })

  test('set one cookie, closed to scripts and to other sites', async () => {
    const { setCookies } = await keyrack.fetchWith(null, visitorPages.link(link.token))
    expect(setCookies).toEqual([expect.stringMatching(/^__Host-keyrack-visit-[0-9a-f]{16}=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/)])
  })

  test.each([
    ['another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another origin that calls itself the same', { origin: 'https://evil.example' }],
    ['an origin of nobody', { origin: 'null' }],
    ['no origin', { origin: undefined }],
    ['site unsaid', { 'sec-fetch-site': undefined }],
  ])('take no form from %s, and change nothing', async (_, headers) => {
    const { cookie, form } = await openLink()
    const before = await snapshotState(keyrack.sql)
    for (const address of [visitorPages.link(link.token), visitorPages.phoneCode()]) {
      const answer = await keyrack.fetchWith(cookie, address, { method: 'POST', body: `form=${form}`, headers: { ...FORM, ...headers } })
      expect([address, answer.status, answer.headers.location]).toEqual([address, 403, undefined])
    }
    expect(await snapshotState(keyrack.sql)).toEqual(before)
  })

  test("lead to the API client's consent page and nowhere else, and the address of a link is in no log", async () => {
    const { cookie, form } = await openLink()
    const answer = await keyrack.fetchWith(cookie, visitorPages.link(link.token), { method: 'POST', body: `form=${form}&lang=it`, headers: FORM })
    expect([answer.status, new URL(answer.headers.location ?? '').origin]).toEqual([303, keyrack.sandbox.origin])
    expect(answer.setCookies).toEqual([expect.stringMatching(/^__Host-keyrack-flow-/)])
    const output = keyrack.process.output()
    expect(output).toContain('"path":"/link/…"')
    expect(output).not.toContain(link.token)
  })
})

describe('the stable address of a property', () => {
  test('leads to its connection, over the sign-in when nobody is signed in, and nowhere for a property that nobody knows', async () => {
    const signedIn = await keyrack.fetchAs('support', '/p/324410')
    expect([signedIn.status, new URL(signedIn.headers.location ?? '', keyrack.url).pathname]).toEqual([307, `/connections/${link.connectionId}`])
    const stranger = await keyrack.fetchWith(null, '/p/324410')
    expect([stranger.status, stranger.headers.location]).toEqual([307, '/sign-in?returnTo=%2Fp%2F324410'])
    for (const nowhere of ['/p/999999', '/p/..%2f..%2fevil', '/p/%25']) expect([nowhere, (await keyrack.fetchAs('support', nowhere)).status]).toEqual([nowhere, 404])
  })
})
