import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { consentUrl } from '../testing/browser'
import { HOUR_MS, jsonOf, START, startSandbox } from '../testing/start'
import { lintRules } from './lint-rules'

describe('the conformance report', () => {
  it('groups deviations by rule: how often, where, an example, and what Octorate wants', async () => {
    const { sandbox, approve, redeem } = await startSandbox()
    for (let round = 0; round < 2; round += 1) await redeem(await approve(), { grant_type: 'authorization_code' })
    await redeem(await approve(), { grant_type: 'password' })
    await redeem(await approve())
    expect(await jsonOf(await fetch(`${sandbox.controlUrl}/report`))).toEqual({
      requests: 4,
      withNotes: 3,
      findings: [
        {
          rule: 'grant-type',
          count: 3,
          refused: 1,
          wants: 'grant_type=code',
          section: 'Case 1: consent flow',
          clientIds: ['keyrack-sandbox'],
          endpoints: ['identity/token'],
          example: { text: 'sent grant_type=password: Octorate wants code', tapeId: 3, at: START, endpoint: 'identity/token' },
        },
      ],
    })
  })

  it('tells API clients apart, outlives the tape, and starts afresh when cleared', async () => {
    const { sandbox, post, redeem } = await startSandbox({ tapeLimit: 1 })
    await redeem('made-up')
    await post('identity/apilogin', { client_id: 'other', client_secret: 'wrong' })
    await post('identity/apilogin', { client_id: 'other', client_secret: 'wrong' })
    expect(sandbox.control.report.read().findings.map(({ rule, count }) => [rule, count])).toEqual([['client-credentials', 2], ['code-unknown', 1]])
    expect(sandbox.control.report.read('other')).toMatchObject({ requests: 2, findings: [{ rule: 'client-credentials' }] })
    await fetch(`${sandbox.controlUrl}/report`, { method: 'DELETE' })
    expect(sandbox.control.report.read()).toEqual({ requests: 0, withNotes: 0, findings: [] })
  })

  it('says nothing about a client that does everything right', async () => {
    const { sandbox, approve, redeem, clock, refresh, get, adminToken } = await startSandbox({ mode: 'strict' })
    await fetch(consentUrl(sandbox, { state: 'x'.repeat(43) }))
    const tokens = await jsonOf(await redeem(await approve()))
    clock.at += 20 * HOUR_MS
    await refresh(String(tokens.refresh_token))
    await get('accommodation', String(tokens.access_token))
    await get('api/configuration', await adminToken())
    expect(sandbox.control.report.read().findings).toEqual([])
  })
})

describe('what integrators get wrong becomes a note', () => {
  it.each([
    ['state-absent', {}],
    ['state-guessable', { state: 'user-42' }],
    ['consent-parameter-unknown', { scope: 'all' }],
    ['redirect-uri-unregistered', { redirect_uri: 'https://localhost/' }],
    ['client-id-unknown', { client_id: 'x' }],
    ['consent-parameter-missing', { redirect_uri: '' }],
  ])('%s on the consent page', async (rule, query) => {
    const { sandbox } = await startSandbox()
    await fetch(consentUrl(sandbox, query))
    expect(rulesOn(sandbox)).toContain(rule)
  })

  it('notes a refresh, and a log-in, while the latest token has most of its life before it', async () => {
    const { sandbox, connect, refresh, clock, adminToken } = await startSandbox()
    const { refresh_token: token } = await connect()
    clock.at += HOUR_MS
    await refresh(token)
    expect(sandbox.control.tape.read().at(-1)?.notes).toEqual([{ rule: 'refresh-early', text: 'refreshed though the latest access token is good for 23 h' }])
    clock.at += 13 * HOUR_MS
    await refresh(token)
    expect(rulesOn(sandbox)).toEqual([])
    await sandbox.control.expireAccessTokens({})
    await refresh(token)
    expect(rulesOn(sandbox)).toEqual([])
    await adminToken()
    await adminToken()
    expect(sandbox.control.tape.read().at(-1)?.notes[0]?.text).toBe('logged in though the latest admin token is good for 365 days')
  })

  it('notes a code that is late, used twice, or redeemed for another redirect URI', async () => {
    const { sandbox, approve, redeem, clock } = await startSandbox()
    const [late, twice, other] = [await approve(), await approve(), await approve()]
    await redeem(twice)
    await redeem(twice)
    expect(rulesOn(sandbox)).toEqual(['code-twice'])
    await redeem(other, { redirect_uri: 'https://localhost/' })
    expect(rulesOn(sandbox)).toEqual(['redirect-uri-differs'])
    clock.at += 95_000
    await redeem(late)
    expect(sandbox.control.tape.read().at(-1)?.notes[0]?.text).toBe('sent a code 95 s after it was issued')
  })

  it('notes calls that go on after the quota is used up', async () => {
    const { sandbox, connect, get } = await startSandbox({ settings: { quotaLimit: 1, quotaEnforced: true } })
    const { access_token: token } = await connect()
    const rules = []
    for (let call = 0; call < 3; call += 1) {
      await get('user/info', token)
      rules.push(rulesOn(sandbox))
    }
    expect(rules).toEqual([[], [], ['quota-ignored']])
  })

  it('notes redirect URIs that a PATCH drops, because the list is replaced whole', async () => {
    const { sandbox, adminToken, patchConfiguration } = await startSandbox()
    const token = await adminToken()
    const both = ['https://one.example/cb', 'https://two.example/cb']
    await patchConfiguration(token, { redirectUri: both })
    expect(rulesOn(sandbox)).toEqual([])
    await patchConfiguration(token, { redirectUri: [...both, 'https://three.example/cb'] })
    expect(rulesOn(sandbox)).toEqual([])
    await patchConfiguration(token, { redirectUri: ['https://four.example/cb'] })
    expect(sandbox.control.tape.read().at(-1)?.notes[0]?.text).toBe('dropped 3 of the registered redirect URIs: the list is replaced whole')
  })

  it('notes bearers that are absent, made up, of the wrong kind, or refresh tokens', async () => {
    const { sandbox, connect, adminToken, get } = await startSandbox()
    const { access_token: property, refresh_token: refreshToken } = await connect()
    const calls = [
      ['user/info', undefined, 'bearer-absent'],
      ['user/info', 'sbx_x', 'bearer-unknown'],
      ['user/info', refreshToken, 'bearer-is-refresh-token'],
      ['user/info', await adminToken(), 'wrong-kind'],
      ['api/configuration', property, 'wrong-kind'],
      ['accommodation/310046', property, 'other-property'],
      ['nothing', property, 'wrong-path'],
    ] as const
    for (const [call, token, rule] of calls) {
      await get(call, token)
      expect(rulesOn(sandbox)).toEqual([rule])
    }
  })
})

describe('the table of lint rules', () => {
  const contract = readFileSync(new URL('../../docs/octorate.md', import.meta.url), 'utf8')
  const headings = [...contract.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading)

  it.each(Object.entries(lintRules))('%s says what was sent, what is wanted, and the section of docs/octorate.md where that stands', (_, { says, wants, section }) => {
    expect(says('something')).not.toBe('')
    expect(wants).not.toBe('')
    expect(headings).toContain(section)
  })
})

function rulesOn(sandbox: Awaited<ReturnType<typeof startSandbox>>['sandbox']): string[] {
  return sandbox.control.tape.read().at(-1)?.notes.map(({ rule }) => rule) ?? []
}
