import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { UNATTENDED_HEADER } from '@/contracts/unattended'
import { hashPassword } from '@/server/auth/password'
import { DEVICE_COOKIE } from '@/server/sign-in/known-device'
import { SESSION_COOKIE } from '@/server/auth/session-cookie'
import type { Ask } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { makePerson, type Person } from '../make-organization'
import { auditSince, lastAuditId } from '../state-snapshot'
import { authErrorOf, Browser } from './browser'

const PASSWORD = 'four unrelated words of mine'
let keyrack: TestConsole
let passwordHash: string
let person: Person

beforeAll(async () => {
  keyrack = await startConsole()
  passwordHash = await hashPassword(PASSWORD)
})
afterAll(() => keyrack.stop())

beforeEach(async () => {
  await keyrack.sql.query('DELETE FROM sign_in_throttles')
  person = await makePerson(keyrack, { organizationId: keyrack.organization.id, role: 'developer', passwordHash })
})

const whoSees = async (browser: Browser) => (await browser.ask('/api/sessions')).status
const lineOf = (lines: readonly string[], name: string) => lines.find((line) => line.startsWith(`${name}=`)) ?? ''

describe('the right password', () => {
  test('gives a session of its own, bound to this host and out of reach of scripts and other sites', async () => {
    const browser = new Browser(keyrack)
    const answer = await browser.signIn(person.email, PASSWORD)
    expect([answer.status, authErrorOf(answer)]).toEqual([200, null])
    const line = lineOf(answer.setCookies, SESSION_COOKIE)
    expect(SESSION_COOKIE).toMatch(/^__Host-/)
    expect(line.split('; ').map((part) => part.split('=', 1)[0]?.toLowerCase()).slice(1).sort()).toEqual(['expires', 'httponly', 'path', 'samesite', 'secure'])
    expect(line).toMatch(/; Path=\/(;|$)/i)
    expect(line).toMatch(/; SameSite=Lax(;|$)/i)
    expect(await whoSees(browser)).toBe(200)
  })

  test('is taken whatever the case and blanks of the e-mail, because people type it by hand', async () => {
    const answer = await new Browser(keyrack).signIn(`  ${person.email.toUpperCase()} `, PASSWORD)
    expect(authErrorOf(answer)).toBeNull()
  })

  test('ends the session that the browser held before, so that nobody keeps one that was planted', async () => {
    const planted = person.cookie.slice(SESSION_COOKIE.length + 1)
    const browser = new Browser(keyrack)
    browser.putCookie(SESSION_COOKIE, planted)
    expect(await whoSees(browser)).toBe(200)
    await browser.signIn(person.email, PASSWORD)
    expect(browser.cookieOf(SESSION_COOKIE)).not.toBe(planted)
    expect(await whoSees(browser)).toBe(200)
    const attacker = new Browser(keyrack)
    attacker.putCookie(SESSION_COOKIE, planted)
    expect(await whoSees(attacker)).toBe(401)
  })

  test('never adopts a session id that somebody chose', async () => {
    const browser = new Browser(keyrack)
    browser.putCookie(SESSION_COOKIE, 'chosen')
    await browser.signIn(person.email, PASSWORD)
    expect(browser.cookieOf(SESSION_COOKIE)).not.toBe('chosen')
  })

  test('tells a script nothing about the person by the session endpoint', async () => {
    const browser = new Browser(keyrack)
    await browser.signIn(person.email, PASSWORD)
    expect((await browser.ask('/api/auth/session')).json()).toEqual({ expires: expect.any(String) })
  })
})

describe('a wrong password', () => {
  test('is refused in the same words as an unknown e-mail, and gives no session', async () => {
    const answers = [
      await new Browser(keyrack).signIn(person.email, 'something else entirely'),
      await new Browser(keyrack).signIn('nobody@keyrack.example', PASSWORD),
      await new Browser(keyrack).signIn('no address at all', PASSWORD),
    ]
    expect(answers.map((answer) => [answer.status, authErrorOf(answer), lineOf(answer.setCookies, SESSION_COOKIE)])).toEqual(
      answers.map(() => [401, 'CredentialsSignin', '']),
    )
    expect(new Set(answers.map((answer) => answer.text.replaceAll(/[0-9a-f-]{36}/g, ''))).size).toBe(1)
  })

  test('is written down without the password or the e-mail', async () => {
    const last = await lastAuditId(keyrack.sql)
    await new Browser(keyrack).signIn(person.email, 'a wrong one, quite wrong')
    expect(await auditSince(keyrack.sql, last)).toEqual(['session.refused'])
    const rows = await keyrack.sql.query('SELECT * FROM audit_events WHERE id > $1', [last])
    expect(JSON.stringify(rows.rows)).not.toMatch(/a wrong one|@keyrack\.example/)
  })

  test('of somebody disabled is refused like any other, even when it is right', async () => {
    await keyrack.sql.query('UPDATE users SET disabled_at = now() WHERE id = $1', [person.id])
    expect(authErrorOf(await new Browser(keyrack).signIn(person.email, PASSWORD))).toBe('CredentialsSignin')
    expect(await whoSees(Object.assign(new Browser(keyrack), {}))).toBe(401)
    expect((await keyrack.fetchWith(person.cookie, '/api/sessions')).status).toBe(401)
  })

  test("does not pass without next-auth's own token, because a form of another site has none", async () => {
    const browser = new Browser(keyrack)
    const body = new URLSearchParams({ email: person.email, password: PASSWORD, csrfToken: 'made up', json: 'true' }).toString()
    const answer = await browser.ask('/api/auth/callback/credentials', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(lineOf(answer.setCookies, SESSION_COOKIE)).toBe('')
    expect(await whoSees(browser)).toBe(401)
  })
})

describe('many tries', () => {
  /** Tries with a wrong password until told to wait; answers how many were looked at. */
  async function triesUntilRefused(browserOf: (round: number) => Browser, most = 30): Promise<number> {
    for (let round = 0; round < most; round += 1) {
      // The growing delay would make the test wait: what counts here is the number.
      await keyrack.sql.query("UPDATE sign_in_throttles SET blocked_until = now() - interval '1 second'")
      const answer = await browserOf(round).signIn(person.email, `guess number ${round}`)
      if (authErrorOf(answer) === 'too_many_attempts') return round
    }
    return most
  }

  test('for one account are refused after ten in a quarter of an hour, the right password too', async () => {
    expect(await triesUntilRefused(() => new Browser(keyrack))).toBe(10)
    expect(authErrorOf(await new Browser(keyrack).signIn(person.email, PASSWORD))).toBe('too_many_attempts')
  })

  test('do not become more by claiming another address each time', async () => {
    const claims = (round: number) => ({
      'x-forwarded-for': `203.0.113.${round}`, 'x-real-ip': `203.0.113.${round}`, forwarded: `for=203.0.113.${round}`, 'x-client-ip': `203.0.113.${round}`,
      'x-keyrack-client-address': `203.0.113.${round}`, 'cf-connecting-ip': `203.0.113.${round}`, 'true-client-ip': `203.0.113.${round}`,
    })
    expect(await triesUntilRefused((round) => new Browser(keyrack, claims(round)))).toBe(10)
    const addresses = await keyrack.sql.query("SELECT DISTINCT address FROM audit_events WHERE action = 'session.refused'")
    expect(addresses.rows).toEqual([{ address: '127.0.0.1' }])
  })

  test('by strangers do not lock the owner out of a device that is known, and a stolen device cookie helps for one account only', async () => {
    const known = new Browser(keyrack)
    await known.signIn(person.email, PASSWORD)
    expect(known.cookieOf(DEVICE_COOKIE)).toMatch(/^[\w-]{43}\.[\w-]{43}$/)
    expect(await triesUntilRefused(() => new Browser(keyrack))).toBe(10)
    expect(authErrorOf(await known.signIn(person.email, PASSWORD))).toBeNull()
    const other = await makePerson(keyrack, { organizationId: keyrack.organization.id, role: 'viewer', passwordHash })
    const stolen = new Browser(keyrack)
    stolen.putCookie(DEVICE_COOKIE, known.cookieOf(DEVICE_COOKIE) ?? '')
    await stolen.signIn(other.email, 'wrong wrong wrong wrong')
    const counted = await keyrack.sql.query<{ tries: number }>('SELECT tries FROM sign_in_throttles ORDER BY tries')
    // The other account, and the pair of it and this address, were counted as those of a stranger.
    expect(counted.rows.filter((row) => row.tries === 1)).toHaveLength(2)
  })

  test('wait longer and longer from the fourth on', async () => {
    for (let round = 0; round < 4; round += 1) {
      const refused = await new Browser(keyrack).signIn(person.email, `guess number ${round}`)
      expect(refused.headers['retry-after']).toBeUndefined()
    }
    const early = await new Browser(keyrack).signIn(person.email, PASSWORD)
    expect([authErrorOf(early), early.headers['retry-after']]).toEqual(['too_many_attempts', '1'])
    await keyrack.sql.query("UPDATE sign_in_throttles SET tries = 11, window_start_at = now() - interval '5 minutes'")
    const late = await new Browser(keyrack).signIn(person.email, PASSWORD)
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(590)
    expect(Number(late.headers['retry-after'])).toBeLessThanOrEqual(600)
  })
})

describe('the end of a session', () => {
  test('elsewhere is felt at the very next request', async () => {
    const [here, there] = [new Browser(keyrack), new Browser(keyrack)]
    await here.signIn(person.email, PASSWORD)
    await there.signIn(person.email, PASSWORD)
    const list = (await here.ask('/api/sessions')).json() as { items: { id: string; current: boolean }[] }
    expect(list.items.filter((session) => session.current)).toHaveLength(1)
    expect((await here.ask('/api/sessions', { method: 'DELETE' })).status).toBe(200)
    expect([await whoSees(there), await whoSees(here)]).toEqual([401, 200])
    const page = await there.ask('/connections')
    expect([page.status, page.headers.location]).toEqual([307, '/sign-in?returnTo=%2Fconnections'])
  })

  test('comes by signing out, in the database too, so that a copied cookie is dead', async () => {
    const browser = new Browser(keyrack)
    await browser.signIn(person.email, PASSWORD)
    const copied = browser.cookieOf(SESSION_COOKIE) ?? ''
    const answer = await browser.post('signout')
    expect(lineOf(answer.setCookies, SESSION_COOKIE)).toMatch(/Max-Age=0|1970/i)
    const thief = new Browser(keyrack)
    thief.putCookie(SESSION_COOKIE, copied)
    expect(await whoSees(thief)).toBe(401)
  })

  test('comes by losing the membership', async () => {
    expect((await keyrack.fetchWith(person.cookie, '/api/sessions')).status).toBe(200)
    await keyrack.sql.query('DELETE FROM memberships WHERE user_id = $1', [person.id])
    expect((await keyrack.fetchWith(person.cookie, '/api/sessions')).status).toBe(401)
  })

  test.each([
    ["an hour's idleness", "last_seen_at = now() - interval '61 minutes'"],
    ['twelve hours', "expires_at = now() - interval '1 second'"],
  ])('comes after %s', async (_why, change) => {
    await keyrack.sql.query(`UPDATE sessions SET ${change} WHERE id = $1`, [person.sessionId])
    expect((await keyrack.fetchWith(person.cookie, '/api/sessions')).status).toBe(401)
  })

  test.each<[rule: string, init: Ask, isSeen: boolean, address?: string]>([
    ['a read that the page makes by itself leaves it where it is', { headers: { [UNATTENDED_HEADER]: '1' } }, false],
    ['a read that somebody asked for begins it anew', {}, true],
    [
      'a write begins it anew, whatever it says of itself',
      { method: 'POST', body: '{}', headers: { [UNATTENDED_HEADER]: '1' } },
      true,
      `/api/connections/${randomUUID()}/refresh`,
    ],
    ['a page that somebody opens begins it anew', {}, true, '/connections'],
    ['a page that a link prefetches leaves it where it is', { headers: { 'next-router-prefetch': '1' } }, false, '/connections'],
  ])('comes nearer: %s', async (...[, init, isSeen, address = '/api/sessions']) => {
    await keyrack.sql.query("UPDATE sessions SET last_seen_at = now() - interval '30 minutes' WHERE id = $1", [person.sessionId])
    await keyrack.fetchWith(person.cookie, address, init)
    const { rows } = await keyrack.sql.query<{ seen: boolean }>(
      "SELECT last_seen_at > now() - interval '5 minutes' AS seen FROM sessions WHERE id = $1", [person.sessionId],
    )
    expect(rows[0]?.seen).toBe(isSeen)
  })

  test("one person cannot end another's", async () => {
    const answer = await keyrack.fetchAs('owner', `/api/sessions/${person.sessionId}`, { method: 'DELETE' })
    expect(answer.status).toBe(404)
    expect((await keyrack.fetchWith(person.cookie, '/api/sessions')).status).toBe(200)
  })
})

describe('where sign-in leads to', () => {
  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'https:evil.example'])(
    'is never %s',
    async (target) => {
      const browser = new Browser(keyrack)
      const answer = await browser.post('callback/credentials', { email: person.email, password: PASSWORD, callbackUrl: target })
      expect(new URL((answer.json() as { url: string }).url).origin).toBe(keyrack.url)
      const page = await browser.ask(`/sign-in?returnTo=${encodeURIComponent(target)}`)
      expect([page.status, page.headers.location]).toEqual([307, '/'])
    },
  )
})
