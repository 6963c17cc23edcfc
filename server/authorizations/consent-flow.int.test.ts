import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCallbackQuery } from '@/lib/oauth/callback-query'
import { completeAuthorization } from './complete-authorization'
import { getAuthorization } from './get-authorization'
import { getConnection } from '../connections/get-connection'
import { db } from '../db'
import { arrive, connect, decide, LOCANDA, ROSSI_NETWORK, startFlow } from '../../tests/consent-flow'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { seeded } from '../../tests/seeded'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { inspectStored } from '../../tests/stored-tokens'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const TEN_MINUTES_MS = 600_000
const DAY_MS = 86_400_000

async function makeFlow() {
  const actor = await makeActor()
  return startFlow(actor, await makeApiClient(rig, actor))
}

const connectionsOf = (flow: { actor: { viewer: { organizationId: string } } }) =>
  db().connection.count({ where: { organizationId: flow.actor.viewer.organizationId } })

describe('a consent that the hotelier gives', () => {
  test('becomes a connection to the property, whose stored tokens are the ones that Octorate holds live', async () => {
    const flow = await makeFlow()
    const calls = watchCalls(rig)
    const completed = await arrive(flow, await decide(rig, flow, LOCANDA))
    expect(completed.outcome).toBe('connected')
    const [row] = await db().connection.findMany({ where: { organizationId: flow.actor.viewer.organizationId } })
    const connection = await getConnection(flow.actor.viewer, row?.id ?? '')
    expect(connection).toMatchObject({
      name: 'Locanda Bianchi',
      upstreamId: '324410',
      isNetwork: false,
      status: 'healthy',
      hasRefreshToken: true,
      expirySource: 'expireDate',
      expiryFlagged: false,
      accessExpiresAt: new Date(clock.at + DAY_MS).toISOString(),
      connectedBy: flow.actor.viewer.name,
      consentedBy: { name: 'Marco Bianchi', email: 'marco@locandabianchi.example', username: 'marco.bianchi' },
      apiClient: { id: flow.apiClient.id },
    })
    expect(connection.properties.map(({ upstreamId, city, currency }) => [upstreamId, city, currency])).toEqual([['324410', 'Venezia', 'EUR']])
    expect(connection.lineage).toMatchObject([{ origin: 'code', refreshReplaced: true }])
    expect(await inspectStored(rig, connection.id)).toEqual({ access: 'live', refresh: 'live', accommodations: ['324410'] })
    expect(calls.count('identity/token')).toBe(1)
  })

  test('tells where its time went, step by step', async () => {
    const flow = await makeFlow()
    clock.advance(42_000)
    await arrive(flow, await decide(rig, flow))
    const shown = await getAuthorization(flow.actor.viewer, flow.started.authorizationId)
    expect(shown).toMatchObject({ status: 'connected', failure: null, mode: 'redirect' })
    expect(shown.steps.map(({ name, status }) => [name, status])).toEqual([
      ['authorize', 'done'], ['callback', 'done'], ['exchange', 'done'], ['verify', 'done'],
    ])
    expect(shown.steps[0]).toMatchObject({ durationMs: 42_000 })
    expect(shown.steps[2]?.exchanges).toMatchObject([{ method: 'POST', status: 200, startedAt: clock.date.toISOString() }])
  })

  test('shows each step as soon as it begins, because a person watches the minute run', async () => {
    const actor = await makeActor()
    const flow = await startFlow(actor, await makeApiClient(rig, actor, { upstreamId: 'gated' }))
    const [token, list] = [rig.gate.hold('identity/token'), rig.gate.hold('rest/v1/accommodation')]
    const look = async () => {
      const { status, steps } = await getAuthorization(actor.viewer, flow.started.authorizationId)
      return { status, steps: steps.map((step) => `${step.name} ${step.status}`) }
    }
    clock.advance(42_000)
    const address = await decide(rig, flow)
    const arriving = arrive(flow, address)
    await token.reached
    expect(await look()).toEqual({ status: 'working', steps: ['authorize done', 'callback done', 'exchange pending'] })
    token.release()
    await list.reached
    await until(async () =>
      expect(await look()).toEqual({ status: 'working', steps: ['authorize done', 'callback done', 'exchange done', 'verify pending'] }),
    )
    list.release()
    expect((await arriving).outcome).toBe('connected')
    expect((await look()).steps).toEqual(['authorize done', 'callback done', 'exchange done', 'verify done'])
  })

  test('connects a whole network as one, under the name of its root', async () => {
    const flow = await makeFlow()
    await arrive(flow, await decide(rig, flow, ROSSI_NETWORK))
    const [row] = await db().connection.findMany({ where: { organizationId: flow.actor.viewer.organizationId } })
    const connection = await getConnection(flow.actor.viewer, row?.id ?? '')
    expect(connection).toMatchObject({ name: 'Hotel Fontana Chiara', upstreamId: '310046', isNetwork: true, propertyCount: 9 })
    expect((await inspectStored(rig, connection.id)).accommodations).toHaveLength(9)
  })

  test('leaves one audit row for each act, in the words of who did it', async () => {
    const flow = await makeFlow()
    await arrive(flow, await decide(rig, flow))
    const { organizationId, userId } = flow.actor.viewer
    const events = await db().auditEvent.findMany({ where: { organizationId }, orderBy: { id: 'asc' } })
    expect(events.map(({ action, outcome, actorId }) => [action, outcome, actorId])).toEqual([
      ['api_client.registered', 'success', userId],
      ['authorization.started', 'success', userId],
      ['authorization.completed', 'success', userId],
      ['connection.connected', 'success', userId],
    ])
  })

  test('keeps the redirect URI of its start in both legs, though the API client’s was changed in between', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow)
    await db().apiClient.update({ where: { id: flow.apiClient.id }, data: { foreignRedirectUri: 'https://localhost' } })
    expect(await arrive(flow, address)).toMatchObject({ outcome: 'connected' })
  })
})

describe('a state', () => {
  test('is 256 bits without structure, of which only a digest is stored', async () => {
    const flow = await makeFlow()
    expect(flow.state).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(new Set((await Promise.all(Array.from({ length: 50 }, () => startFlow(flow.actor, flow.apiClient)))).map(({ state }) => state)).size).toBe(50)
    const row = await db().authorization.findUniqueOrThrow({ where: { id: flow.started.authorizationId } })
    expect(JSON.stringify(row)).not.toContain(flow.state)
    expect(JSON.stringify(row)).not.toContain(flow.started.browserToken)
  })

  test('is refused when it was never given out, before anything is sent', async () => {
    const flow = await makeFlow()
    const calls = watchCalls(rig)
    const address = new URL(await decide(rig, flow))
    for (const state of ['x', flow.state.toLowerCase(), `${flow.state}A`, flow.state.slice(1), flow.started.authorizationId]) {
      address.searchParams.set('state', state)
      expect(await refusalOf(arrive(flow, address.href))).toBe('state_unknown')
    }
    expect(calls.all()).toEqual([])
  })

  test('is refused the second time, because it works once', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow)
    await arrive(flow, address)
    const calls = watchCalls(rig)
    expect(await refusalOf(arrive(flow, address))).toBe('state_used')
    expect(await refusalOf(arrive(flow, await decide(rig, flow)))).toBe('state_used')
    // The back button, after the end of the flow took its cookie away.
    expect(await refusalOf(arrive(flow, address, { cookie: undefined }))).toBe('state_used')
    expect(calls.all()).toEqual([])
  })

  test('lives for ten minutes and not a moment longer', async () => {
    const [early, late] = [await makeFlow(), await makeFlow()]
    clock.advance(TEN_MINUTES_MS - 1)
    expect(await arrive(early, await decide(rig, early))).toMatchObject({ outcome: 'connected' })
    clock.advance(1)
    const calls = watchCalls(rig)
    expect(await refusalOf(arrive(late, await decide(rig, late)))).toBe('state_expired')
    expect(calls.all()).toEqual([])
    expect(await getAuthorization(late.actor.viewer, late.started.authorizationId)).toMatchObject({ status: 'expired', connectionId: null })
  })

  test('is refused to whoever did not start it, who uses nothing up: the person who did can still finish', async () => {
    const flow = await makeFlow()
    const stranger = await makeActor()
    const colleague = await makeColleague(flow.actor)
    const other = await startFlow(flow.actor, flow.apiClient)
    const address = await decide(rig, flow)
    const calls = watchCalls(rig)
    const refusals = {
      'no cookie': await refusalOf(arrive(flow, address, { cookie: undefined })),
      'an empty cookie': await refusalOf(arrive(flow, address, { cookie: '' })),
      'another flow’s cookie': await refusalOf(arrive(flow, address, { cookie: other.started.browserToken })),
      'the digest as a cookie': await refusalOf(
        arrive(flow, address, {
          cookie: (await db().authorization.findUniqueOrThrow({ where: { id: flow.started.authorizationId } })).browserDigest ?? undefined,
        }),
      ),
      'a colleague in this very browser': await refusalOf(arrive(flow, address, { actor: colleague })),
      'another organization in this very browser': await refusalOf(arrive(flow, address, { actor: stranger })),
      'the same person in another organization': await refusalOf(
        arrive(flow, address, { actor: { ...flow.actor, viewer: { ...flow.actor.viewer, organizationId: stranger.viewer.organizationId } } }),
      ),
    }
    expect(refusals).toEqual({
      'no cookie': 'other_browser',
      'an empty cookie': 'other_browser',
      'another flow’s cookie': 'other_browser',
      'the digest as a cookie': 'other_browser',
      'a colleague in this very browser': 'other_user',
      'another organization in this very browser': 'other_user',
      'the same person in another organization': 'other_user',
    })
    expect(calls.all()).toEqual([])
    expect(await arrive(flow, address)).toMatchObject({ outcome: 'connected' })
  })

  test('of one API client is no use at the callback of another, of its own organization or of a foreign one', async () => {
    const [here, there] = [await makeActor(), await makeActor()]
    const flows = await Promise.all([
      makeApiClient(rig, here).then((apiClient) => startFlow(here, apiClient)),
      makeApiClient(rig, here, { environment: 'PRODUCTION' }).then((apiClient) => startFlow(here, apiClient)),
      makeApiClient(rig, there).then((apiClient) => startFlow(there, apiClient)),
      makeApiClient(rig, there, { environment: 'PRODUCTION' }).then((apiClient) => startFlow(there, apiClient)),
    ])
    const addresses = await Promise.all(flows.map((flow) => decide(rig, flow)))
    const calls = watchCalls(rig)
    for (const [index, flow] of flows.entries()) {
      for (const { apiClient } of flows.filter((other) => other !== flow)) {
        expect(await refusalOf(arrive(flow, addresses[index] ?? '', { at: { apiClientId: apiClient.id } }))).toBe('state_unknown')
        expect(await refusalOf(arrive(flow, addresses[index] ?? '', { at: { authorizationId: apiClient.id } }))).toBe('state_unknown')
      }
    }
    expect(calls.all()).toEqual([])
    for (const [index, flow] of flows.entries()) expect(await arrive(flow, addresses[index] ?? '')).toMatchObject({ outcome: 'connected' })
  })

  test('is consumed by one of twenty callbacks at once, so that one request for a token leaves, in ten rounds', async () => {
    for (let round = 0; round < 10; round += 1) {
      const flow = await makeFlow()
      const address = await decide(rig, flow)
      const calls = watchCalls(rig)
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => refusalOf(arrive(flow, address).then(({ outcome }) => expect(outcome).toBe('connected')))),
      )
      expect(outcomes.filter((code) => code === 'none')).toHaveLength(1)
      expect(outcomes.filter((code) => code === 'state_used')).toHaveLength(19)
      expect(calls.count('identity/token')).toBe(1)
      expect(await connectionsOf(flow)).toBe(1)
    }
  })

  test('is of no use once its API client was deleted or moved to the other environment', async () => {
    const [deleted, moved] = [await makeFlow(), await makeFlow()]
    const addresses = [await decide(rig, deleted), await decide(rig, moved)] as const
    await db().apiClient.update({ where: { id: deleted.apiClient.id }, data: { deletedAt: clock.date } })
    await db().apiClient.update({ where: { id: moved.apiClient.id }, data: { environment: 'PRODUCTION' } })
    const calls = watchCalls(rig)
    expect(await refusalOf(arrive(deleted, addresses[0]))).toBe('state_unknown')
    expect(await refusalOf(arrive(moved, addresses[1]))).toBe('state_unknown')
    expect(calls.all()).toEqual([])
  })
})

describe('a damaged callback', () => {
  test('is refused whatever stands in it, without a request to Octorate', async () => {
    const flow = await makeFlow()
    const calls = watchCalls(rig)
    const name = fc.constantFrom('code', 'state', 'error', 'error_description', 'iss', 'Code', 'x')
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }), fc.constant('a'.repeat(2_049)))
    const pair = fc.tuple(name, value).map(([key, text]) => `${key}=${encodeURIComponent(text.toWellFormed())}`)
    const search = fc.oneof(fc.array(pair, { maxLength: 6 }).map((pairs) => pairs.join('&')), fc.string({ maxLength: 60 }))
    await fc.assert(
      fc.asyncProperty(search, async (query) => {
        const refusal = await refusalOf(
          completeAuthorization(flow.actor, {
            query: parseCallbackQuery(`?${query}`),
            expected: { apiClientId: flow.apiClient.id },
            browserToken: () => flow.started.browserToken,
            arrivedAt: clock.date,
          }),
        )
        expect(['callback_malformed', 'state_unknown']).toContain(refusal)
      }),
      seeded(1_000),
    )
    expect(calls.all()).toEqual([])
  })

  test('uses nothing up: the undamaged one still connects', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow)
    const calls = watchCalls(rig)
    const damages = ['&code=again', '&state=again', `&state=${flow.state}`, '&error=access_denied', '&iss=', `&iss=${'a'.repeat(2_049)}`, '&x=%', `&${'x=1&'.repeat(33)}`]
    for (const damage of damages) expect(await refusalOf(arrive(flow, address + damage))).toBe('callback_malformed')
    expect(calls.all()).toEqual([])
    expect(await arrive(flow, address)).toMatchObject({ outcome: 'connected' })
  })
})

describe('an issuer in the callback', () => {
  test('is accepted only when it is, character by character, the one that the browser was sent to', async () => {
    const good = await makeFlow()
    const address = new URL(await decide(rig, good))
    address.searchParams.set('iss', sandbox.backOfficeUrl)
    expect(await arrive(good, address.href)).toMatchObject({ outcome: 'connected' })

    const foreign = [`${sandbox.backOfficeUrl}/`, sandbox.backOfficeUrl.toUpperCase(), 'https://admin.octorate.com', encodeURIComponent(sandbox.backOfficeUrl)]
    for (const issuer of foreign) {
      const flow = await makeFlow()
      const bad = new URL(await decide(rig, flow))
      bad.searchParams.set('iss', issuer)
      const calls = watchCalls(rig)
      expect(await arrive(flow, bad.href)).toMatchObject({ outcome: 'failed', error: { code: 'callback_malformed' } })
      expect(calls.all()).toEqual([])
      expect(await connectionsOf(flow)).toBe(0)
    }
  })

  test('that is there twice makes the callback malformed', async () => {
    const flow = await makeFlow()
    const address = `${await decide(rig, flow)}&iss=${sandbox.backOfficeUrl}&iss=${sandbox.backOfficeUrl}`
    expect(await refusalOf(arrive(flow, address))).toBe('callback_malformed')
  })
})

describe('a consent that ends otherwise', () => {
  test('is told as refused when the hotelier said no, without any request to Octorate', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow, { ...LOCANDA, approve: false })
    const calls = watchCalls(rig)
    expect(await arrive(flow, address)).toMatchObject({ outcome: 'failed', error: { code: 'consent_refused' } })
    expect(calls.all()).toEqual([])
    expect(await getAuthorization(flow.actor.viewer, flow.started.authorizationId)).toMatchObject({
      status: 'failed', failure: 'consent_refused', connectionId: null,
    })
    expect(await connectionsOf(flow)).toBe(0)
  })

  test('is told as a refused code when the browser came back after the code’s minute', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow)
    clock.advance(61_000)
    expect(await arrive(flow, address)).toMatchObject({ outcome: 'failed', error: { code: 'code_refused' } })
    expect(sandbox.truthLog({ type: 'code.refused', clientId: flow.apiClient.clientId })).toMatchObject([{ reason: 'expired' }])
    expect(await getAuthorization(flow.actor.viewer, flow.started.authorizationId)).toMatchObject({ status: 'failed', failure: 'code_refused' })
    expect(await connectionsOf(flow)).toBe(0)
  })

  test('gives nobody a second connection when a code is slipped under another state, and leaves the first as it is', async () => {
    const first = await makeFlow()
    const address = new URL(await decide(rig, first))
    await arrive(first, address.href)
    const thief = await startFlow(first.actor, first.apiClient)
    address.searchParams.set('state', thief.state)
    expect(await arrive(thief, address.href)).toMatchObject({ outcome: 'failed', error: { code: 'code_refused' } })
    expect(await connectionsOf(first)).toBe(1)
    expect(await db().connection.findFirst({ where: { organizationId: first.actor.viewer.organizationId } })).toMatchObject({
      state: 'connected', refreshTokenVersion: 1, accessTokenVersion: 1,
    })
  })

  test('does not take a code that was given for another redirect URI', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor, { otherRedirectUris: ['https://localhost'] })
    const flow = await startFlow(actor, apiClient)
    const { code } = await sandbox.control.consent({ clientId: apiClient.clientId, redirectUri: 'https://localhost', ...LOCANDA })
    const address = `${apiClient.callbackUri}?code=${code}&state=${flow.state}`
    expect(await arrive(flow, address)).toMatchObject({ outcome: 'failed', error: { code: 'code_refused' } })
    expect(sandbox.truthLog({ type: 'code.refused', clientId: apiClient.clientId })).toMatchObject([{ reason: 'redirect-uri-differs' }])
    expect(await connectionsOf(flow)).toBe(0)
  })

  test('sends Octorate nothing from a flow whose redirect URI Octorate does not have, because no code ever comes', async () => {
    const flow = await makeFlow()
    await sandbox.control.changeConfiguration(flow.apiClient.clientId, { redirectUri: ['https://localhost'] })
    const calls = watchCalls(rig)
    const page = await fetch(flow.started.location, { redirect: 'manual' })
    expect(page.status).toBe(400)
    expect(page.headers.get('location')).toBeNull()
    clock.advance(TEN_MINUTES_MS)
    expect(await getAuthorization(flow.actor.viewer, flow.started.authorizationId)).toMatchObject({ status: 'expired' })
    expect(calls.count('identity/token')).toBe(0)
  })

  test('is told as a client that Octorate refuses, when the secret is wrong', async () => {
    const flow = await makeFlow()
    await sandbox.control.changeClientSecret(flow.apiClient.clientId, 'sbx_another_secret')
    expect(await arrive(flow, await decide(rig, flow))).toMatchObject({ outcome: 'failed', error: { code: 'api_client_refused' } })
    expect(await connectionsOf(flow)).toBe(0)
  })

  test('connects nothing when the consent covers no property', async () => {
    const flow = await makeFlow()
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: flow.apiClient.clientId, count: 0, kind: 'override', replace: [] })
    expect(await arrive(flow, await decide(rig, flow))).toMatchObject({ outcome: 'failed', error: { code: 'no_properties' } })
    expect(await getAuthorization(flow.actor.viewer, flow.started.authorizationId)).toMatchObject({ status: 'failed', failure: 'no_properties' })
    expect(await connectionsOf(flow)).toBe(0)
    sandbox.control.faults.clear()
  })

  test('does not wait for the name of the person who consented, because that is nice to know and never needed', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    await sandbox.control.faults.add({ endpoint: 'user/info', clientId: apiClient.clientId, kind: 'status', status: 503 })
    const connectionId = await connect(rig, { actor, apiClient })
    expect((await getConnection(actor.viewer, connectionId)).consentedBy).toBeNull()
  })

  test('that came from an upstream which is not the sandbox is refused when its tokens are the sandbox’s', async () => {
    const actor = await makeActor()
    const flow = await startFlow(actor, await makeApiClient(rig, actor, { upstreamId: 'not-the-sandbox' }))
    expect(await arrive(flow, await decide(rig, flow))).toMatchObject({ outcome: 'failed', error: { code: 'upstream_unreadable' } })
    expect(await connectionsOf(flow)).toBe(0)
  })
})
