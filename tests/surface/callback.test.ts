import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../console'
import { makeApiClient } from '../make-organization'
import { snapshotState } from '../state-snapshot'
import { startFlow, type StartedFlow } from './samples'

let keyrack: TestConsole
let flow: StartedFlow

beforeAll(async () => {
  keyrack = await startConsole()
  flow = await startFlow(scene())
})
afterAll(() => keyrack.stop())

const scene = () => ({ keyrack, organization: keyrack.organization, role: 'owner' }) as const
const pathOf = (address: string) => address.slice(keyrack.url.length)
const cookiesOf = (one: StartedFlow) => `${keyrack.organization.people.owner.cookie}; ${one.cookie}`
const tape = () => keyrack.sandbox.call<{ path: string }[]>('GET', 'tape')
const callbackPath = (apiClientId: string, query: string) => `/oauth/callback/${apiClientId}?${query}`

describe('the callback', () => {
  test('answers 303 to a clean address at once, and keeps neither code nor state anywhere in its answer', async () => {
    const one = await startFlow(scene())
    const answer = await keyrack.fetchWith(cookiesOf(one), pathOf(one.returnAddress))
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toMatch(new RegExp(`^${keyrack.url}/connections/[0-9a-f-]{36}$`))
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.text).toBe('')
    for (const secret of [one.code, one.state]) expect(answer.whole).not.toContain(secret)
    // The flow is over: its cookie goes.
    expect(answer.setCookies.map((line) => line.split('=', 1)[0])).toEqual([one.cookie.split('=', 1)[0]])
    expect(answer.setCookies[0]).toMatch(/Max-Age=0.*HttpOnly.*Secure/i)
  })

  test('sets a cookie per flow that no script, other site or other host can use', async () => {
    const answer = await keyrack.fetchAs('owner', '/oauth/authorize', {
      method: 'POST', body: JSON.stringify({ apiClientId: keyrack.organization.apiClient.id }),
    })
    expect(answer.setCookies).toHaveLength(1)
    expect(answer.setCookies[0]).toMatch(/^__Host-keyrack-flow-[0-9a-f]{16}=[\w-]{43}; Path=\/; Expires=[^;]+; Max-Age=600; Secure; HttpOnly; SameSite=lax$/i)
  })

  test.each([
    ['without the flow cookie', () => keyrack.organization.people.owner.cookie],
    ['with a made-up flow cookie', () => `${keyrack.organization.people.owner.cookie}; ${flow.cookie.split('=', 1)[0]}=made-up`],
    ['without a session', () => flow.cookie],
    ['as another person of the organization', () => `${keyrack.organization.people.developer.cookie}; ${flow.cookie}`],
    ['as a viewer', () => `${keyrack.organization.people.viewer.cookie}; ${flow.cookie}`],
    ['as an owner of another organization', () => `${keyrack.otherOrganization.people.owner.cookie}; ${flow.cookie}`],
  ])('%s consumes nothing and calls nobody', async (_who, cookie) => {
    await keyrack.sandbox.call('DELETE', 'tape')
    const before = await snapshotState(keyrack.sql)
    const answer = await keyrack.fetchWith(cookie(), pathOf(flow.returnAddress))
    expect([answer.status, answer.headers.location]).toEqual([303, expect.stringMatching(/\/connect-problem\?code=[a-z_]+&request=[0-9a-f-]{36}$/)])
    expect(await tape()).toEqual([])
    expect(await snapshotState(keyrack.sql)).toEqual(before)
  })

  test("of one API client takes no other's state", async () => {
    const other = await makeApiClient(keyrack, keyrack.organization.id)
    const theirs = await startFlow(scene(), other)
    await keyrack.sandbox.call('DELETE', 'tape')
    for (const [apiClientId, one] of [[keyrack.organization.apiClient.id, theirs], [other.id, flow]] as const) {
      const query = new URL(one.returnAddress).search.slice(1)
      const answer = await keyrack.fetchWith(`${cookiesOf(one)}`, callbackPath(apiClientId, query))
      expect(answer.headers.location).toContain('code=state_unknown')
    }
    expect(await tape()).toEqual([])
  })

  test('takes a state once, however many arrive at the same moment', async () => {
    const one = await startFlow(scene())
    await keyrack.sandbox.call('DELETE', 'tape')
    const answers = await Promise.all(Array.from({ length: 12 }, () => keyrack.fetchWith(cookiesOf(one), pathOf(one.returnAddress))))
    expect(answers.filter((answer) => /\/connections\/[0-9a-f-]{36}$/.test(answer.headers.location ?? ''))).toHaveLength(1)
    expect(answers.filter((answer) => answer.headers.location?.includes('code=state_used'))).toHaveLength(11)
    expect((await tape()).filter((entry) => entry.path.endsWith('/identity/token'))).toHaveLength(1)
  })

  test('shows what the query says to nobody, because anybody can write it', async () => {
    const markup = '<img src=x onerror=alert(1)>'
    const query = new URLSearchParams({ error: markup, error_description: markup, state: flow.state })
    const answer = await keyrack.fetchWith(flow.cookie, callbackPath(keyrack.organization.apiClient.id, query.toString()))
    const page = await keyrack.fetchWith(null, pathOf(answer.headers.location ?? ''))
    const forged = await keyrack.fetchWith(null, `/connect-problem?code=${encodeURIComponent(markup)}&request=${encodeURIComponent(markup)}`)
    // Next keeps the address, escaped, in a script of its own; what a person sees must hold nothing of it.
    const shown = [page, forged].map(({ status, text }) => [status, /onerror|alert\(/.test(text.replace(/<script[\s\S]*?<\/script>/g, '')), text.includes('<img')])
    expect(shown).toEqual([[200, false, false], [200, false, false]])
  })
})

describe('queries that Octorate would never send', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('', ' ', '%', '%00', '%E0%A4', '+', '\u0000', '\u202e', 'a'.repeat(2_049), 'null', '[]', '{}', "' OR 1=1--", '../..', '<script>'),
  )
  const encoded = value.map((text) => encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/g, '?')))
  const name = fc.constantFrom('code', 'state', 'error', 'iss', 'error_description', 'code[]', 'state[0]', 'Code', 'scope')
  const pair = fc.tuple(name, fc.oneof(encoded, fc.constantFrom('%', '%zz', 'LIVE_CODE', 'LIVE_STATE'))).map(([key, text]) => `${key}=${text}`)
  const query = fc.array(pair, { maxLength: 8 }).map((pairs) => pairs.join('&'))

  test('lead to no call upstream and no failure of ours, 300 of them', async () => {
    const one = await startFlow(scene())
    await keyrack.sandbox.call('DELETE', 'tape')
    await fc.assert(
      fc.asyncProperty(query, async (written) => {
        const search = written.replaceAll('LIVE_CODE', one.code).replaceAll('LIVE_STATE', one.state)
        fc.pre(!isRight(search, one))
        const answer = await keyrack.fetchWith(cookiesOf(one), callbackPath(keyrack.organization.apiClient.id, search))
        // What is too long or speaks to the framework is refused by the front; all else goes to a page that explains.
        const location = answer.headers.location ?? `${keyrack.url}/`
        expect([[303, 400, 414].includes(answer.status), location.startsWith(`${keyrack.url}/`)]).toEqual([true, true])
      }),
      { numRuns: 300 },
    )
    expect(await tape()).toEqual([])
  })

  /** A refusal or a code with the flow's own state is what Octorate sends: no malformed query. */
  function isRight(search: string, one: StartedFlow): boolean {
    const parameters = new URLSearchParams(search)
    return parameters.getAll('state').length === 1 && parameters.get('state') === one.state
  }
})
