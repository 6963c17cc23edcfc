import { describe, expect, it } from 'vitest'
import { bearerToken } from '../checks/bearer-token'
import type { SandboxOptions } from '../create-sandbox'
import type { Endpoint } from '../http/exchange'
import { subscriptionEvents } from '../models/subscription'
import { jsonOf, startSandbox } from '../testing/start'
import { allEndpoints } from './all-endpoints'

type Kind = 'property' | 'admin'

/** Which token each call takes (guide, cases 1 to 3). Access by address, the one exception, is tested with its endpoints. */
const TAKES: Readonly<Record<string, readonly Kind[]>> = {
  'api/configuration': ['admin'],
  'api/configuration:write': ['admin'],
  'accommodation:create': ['admin'],
  subscription: ['admin'],
  'subscription/list': ['admin'],
  'subscription:write': ['admin'],
  'subscription:delete': ['admin'],
  'accommodation/{id}': ['property'],
  'accommodation/{id}:write': ['property'],
  'accommodation/{id}:delete': ['property'],
  'reservation/{accommodation}': ['property'],
  'user/info': ['property'],
  accommodation: ['property', 'admin'],
  network: ['property', 'admin'],
  pms: ['property', 'admin'],
}
const PROPERTY = '324410'
const MODES = ['lenient', 'strict'] as const
const bearerEndpoints = allEndpoints.filter(({ steps }) => steps.includes(bearerToken))
const cases = (wanted: boolean) =>
  bearerEndpoints.flatMap((endpoint) =>
    (['property', 'admin'] as const)
      .filter((kind) => (TAKES[endpoint.name] ?? []).includes(kind) === wanted)
      .flatMap((kind) => MODES.map((mode) => ({ name: endpoint.name, kind, mode, endpoint }))),
  )

async function start(options: SandboxOptions) {
  const started = await startSandbox(options)
  const { access_token: property, refresh_token: refresh } = await started.connect([PROPERTY])
  const tokens = { property, refresh, admin: await started.adminToken() }
  const send = ({ method, path, name, takesPathId }: Endpoint, token: string) =>
    fetch(`${started.sandbox.url}${path}${takesPathId ? (name.startsWith('subscription') ? subscriptionEvents[0] : PROPERTY) : ''}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
      ...(method === 'GET' ? {} : { body: '{}' }),
    })
  const facts = () => started.sandbox.truthLog().map(({ type }) => type)
  return { ...started, tokens, send, facts }
}

describe('the two kinds of bearer token', () => {
  it('are told apart at every endpoint, so that a new one has to say which it takes', () => {
    expect(bearerEndpoints.map(({ name }) => name).sort()).toEqual(Object.keys(TAKES).sort())
    expect(cases(false)).toHaveLength(2 * 12)
  })

  it.each(cases(false))('$name refuses the $kind token in $mode mode, because it is of the wrong kind', async ({ kind, mode, endpoint }) => {
    const { sandbox, tokens, send, facts } = await start({ mode })
    const before = facts()
    const answer = await send(endpoint, tokens[kind])
    expect([answer.status, await jsonOf(answer)]).toMatchObject([403, { type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' }])
    // It is written down, and nothing else happened.
    expect(facts()).toEqual([...before, 'access-token.refused'])
    expect(sandbox.truthLog().at(-1)).toMatchObject({ endpoint: endpoint.name, reason: 'wrong-kind' })
  })

  it.each(cases(true))('$name takes the $kind token in $mode mode', async ({ kind, mode, endpoint }) => {
    const { sandbox, tokens, send } = await start({ mode })
    const answer = await send(endpoint, tokens[kind])
    expect([401, 403]).not.toContain(answer.status)
    expect(sandbox.truthLog({ type: 'access-token.refused' })).toEqual([])
  })

  it.each(bearerEndpoints.flatMap((endpoint) => MODES.map((mode) => ({ name: endpoint.name, mode, endpoint }))))(
    '$name takes no refresh token in $mode mode, because it is no bearer',
    async ({ mode, endpoint }) => {
      const { tokens, send, facts } = await start({ mode })
      const before = facts()
      const answer = await send(endpoint, tokens.refresh)
      expect([answer.status, await jsonOf(answer)]).toMatchObject([401, { type: 'ApiKeyInvalid' }])
      expect(facts()).toEqual([...before, 'access-token.refused'])
    },
  )

  it.each(MODES.flatMap((mode) => (['property', 'admin'] as const).map((kind) => ({ mode, kind }))))(
    'never lets a $kind token refresh, be redeemed or migrate in $mode mode',
    async ({ mode, kind }) => {
      const { sandbox, tokens, refresh, redeem } = await start({ mode })
      const migrate = fetch(`${sandbox.apiUrl}/rest/v1/identity/migrate`, {
        method: 'POST', headers: { key: tokens[kind] }, body: new URLSearchParams({ accommodation: PROPERTY }),
      })
      const issued = () => sandbox.truthLog().filter(({ type }) => ['token.refreshed', 'code.redeemed', 'key.migrated', 'admin-token.issued'].includes(type)).length
      const before = issued()
      for (const answer of [await refresh(tokens[kind]), await redeem(tokens[kind]), await migrate]) {
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(await answer.text()).not.toContain('access_token')
      }
      expect(issued()).toBe(before)
    },
  )
})
