import { afterEach, describe, expect, test } from 'vitest'
import { formatConnectionHandle } from '@/lib/connection-handle'
import { LOCANDA, makeConnected } from '../../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../../tests/factories'
import { openMachineFront } from '../../../tests/machine-front'
import { makeMachineSetting, type MachineSetting } from '../../../tests/machine-setting'
import { makeMachineKey } from '../../../tests/make-machine-key'
import { readLedger } from '../../../tests/read-ledger'
import { openRig } from '../../../tests/runtime'
import { watchCalls } from '../../../tests/upstream-calls'
import { db } from '../../db'
import { parseUpstreamDate } from '@/lib/time/parse-upstream-date'

const rig = await openRig()
const { sandbox, clock } = rig
const front = await openMachineFront()
const MINUTE_MS = 60_000
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

afterEach(() => sandbox.control.faults.clear())

type Fields = Readonly<Record<string, string>>

const fieldsOf = ({ apiClient, key, connectionId }: MachineSetting): Fields => ({
  client_id: apiClient.clientId, client_secret: key.text, refresh_token: formatConnectionHandle(connectionId),
})

async function refresh(fields: Fields, headers: Fields = {}) {
  const body = new URLSearchParams(fields).toString()
  const answer = await front.call('POST', '/connect/rest/v1/identity/refresh', { body, headers: { ...FORM, ...headers } })
  const json = answer.json() as { access_token: string; expireDate: string; expires_in: number; refresh_token?: string; type?: string; element?: string }
  return { ...json, status: answer.status, headers: answer.headers, text: answer.text }
}

const isLive = (token: string) => sandbox.control.inspect(token).status === 'live'

describe('a refresh by code that was written for Octorate', () => {
  test('gets a living access token in Octorate’s words, and no refresh token, because the handle stays', async () => {
    const setting = await makeMachineSetting(rig)
    const answer = await refresh(fieldsOf(setting))
    expect([answer.status, isLive(answer.access_token), answer.refresh_token, answer.expires_in]).toEqual([200, true, undefined, 86_400])
    expect(answer.expireDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z\[UTC\]$/)
    expect(parseUpstreamDate(answer.expireDate)).toEqual({ instant: new Date(clock.at + 86_400_000), flagged: false })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json', 'request-id': answer.headers['x-request-id'] })
  })

  test('is one at Octorate for fifty who ask at the same time, and for who comes within ten minutes', async () => {
    const setting = await makeMachineSetting(rig)
    clock.advance(11 * MINUTE_MS)
    const calls = watchCalls(rig)
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(fieldsOf(setting))))
    expect(new Set(answers.map(({ access_token }) => access_token)).size).toBe(1)
    clock.advance(9 * MINUTE_MS)
    expect((await refresh(fieldsOf(setting))).access_token).toBe(answers[0]?.access_token)
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test('is a true one after that, because who asks may have met a refusal of the token it has', async () => {
    const setting = await makeMachineSetting(rig)
    const first = await refresh(fieldsOf(setting))
    clock.advance(10 * MINUTE_MS + 1_000)
    const second = await refresh(fieldsOf(setting))
    expect([second.status, second.access_token === first.access_token, isLive(second.access_token)]).toEqual([200, false, true])
  })

  test('is written down in the ledger like any hand-out', async () => {
    const setting = await makeMachineSetting(rig)
    for (let round = 0; round < 3; round += 1) await refresh(fieldsOf(setting))
    const rows = await readLedger(setting.key.id)
    expect(rows.map(({ connectionId, count }) => [connectionId, count])).toEqual([[setting.connectionId, 3]])
  })

  test('works with the fields that existing code sends besides', async () => {
    const setting = await makeMachineSetting(rig)
    expect((await refresh({ ...fieldsOf(setting), grant_type: 'refresh_token', scope: 'x' }, { cookie: 'a=b' })).status).toBe(200)
  })

  test('gets the token that still lives while Octorate is down, and a 503 when there is none, never a word that asks to reconnect', async () => {
    const setting = await makeMachineSetting(rig)
    sandbox.control.faults.add({ endpoint: '*', clientId: setting.apiClient.clientId, kind: 'status', status: 503, body: '', contentType: 'text/plain', count: 1_000 })
    clock.advance(11 * MINUTE_MS)
    expect((await refresh(fieldsOf(setting))).status).toBe(200)
    clock.advance(24 * 60 * MINUTE_MS)
    const answer = await refresh(fieldsOf(setting))
    expect([answer.status, answer.type, Number(answer.headers['retry-after']) > 0]).toEqual([503, 'ApiServerException', true])
  })
})

describe('a code that existing code brings', () => {
  const THEIRS = 'https://integrator.example/octorate/callback'

  async function makeScene() {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor, { redirectUri: THEIRS })
    const { code } = await sandbox.control.consent({ clientId: apiClient.clientId, redirectUri: THEIRS, ...LOCANDA })
    const key = await makeMachineKey(actor)
    const fields = { client_id: apiClient.clientId, client_secret: key.text, grant_type: 'code', code: code ?? '', redirect_uri: THEIRS }
    return { actor, apiClient, key, fields }
  }

  async function bring(fields: Fields) {
    const answer = await front.call('POST', '/connect/rest/v1/identity/token', { body: new URLSearchParams(fields).toString(), headers: FORM })
    return { status: answer.status, ...(answer.json() as { access_token: string; refresh_token: string; expireDate: string; type?: string; element?: string }) }
  }

  test('becomes a connection, and its answer is that of Octorate with a handle as refresh token', async () => {
    const { apiClient, key, fields } = await makeScene()
    const answer = await bring(fields)
    expect([answer.status, isLive(answer.access_token)]).toEqual([200, true])
    expect(answer.refresh_token).toMatch(/^krk_conn_[0-9A-Za-z]{28}$/)
    const again = await refresh({ client_id: apiClient.clientId, client_secret: key.text, refresh_token: answer.refresh_token })
    expect([again.status, again.access_token]).toEqual([200, answer.access_token])
  })

  test('is sent once, and who brings it again gets the same connection', async () => {
    const { fields } = await makeScene()
    const calls = watchCalls(rig)
    const first = await bring(fields)
    const second = await bring(fields)
    expect([second.status, second.refresh_token, calls.count('identity/token')]).toEqual([200, first.refresh_token, 1])
  })

  test.each<[string, Fields, unknown[]]>([
    ['another grant type', { grant_type: 'authorization_code' }, [400, 'ApiParamsExemption', 'grant_type']],
    ['no code', { code: '' }, [400, 'ApiParamsExemption', 'code']],
    ['a code with a blank', { code: 'a b c d' }, [400, 'ApiParamsExemption', 'code']],
    ['a code that was never given', { code: 'never-given' }, [400, 'ApiParamsExemption', undefined]],
    ['another redirect URI', { redirect_uri: 'https://evil.example/' }, [400, 'ApiParamsExemption', undefined]],
    ['an unknown API client', { client_id: 'nobody' }, [401, 'ApiKeyInvalid', undefined]],
  ])('is refused with %s', async (_what, change, expected) => {
    const { fields } = await makeScene()
    const answer = await bring({ ...fields, ...change })
    expect([answer.status, answer.type, answer.element]).toEqual(expected)
  })

  test('is not taken from a key with a list of properties, and that is written down', async () => {
    const { actor, fields } = await makeScene()
    const { id, text } = await makeMachineKey(actor, { properties: LOCANDA.properties })
    expect((await bring({ ...fields, client_secret: text })).status).toBe(403)
    const events = await db().auditEvent.findMany({ where: { actorId: id } })
    expect(events.map(({ action, targetId }) => [action, targetId])).toEqual([['access.denied', 'POST /identity/token']])
  })

  test('needs a key that may connect and read tokens', async () => {
    const { actor, fields } = await makeScene()
    const calls = watchCalls(rig)
    for (const scopes of [['tokens:read'], ['connections:create']] as const) {
      const { text } = await makeMachineKey(actor, { scopes })
      expect(await bring({ ...fields, client_secret: text })).toMatchObject({ status: 403, type: 'ApiSecurityException' })
    }
    expect(calls.all()).toEqual([])
  })
})

describe('it is refused in Octorate’s words', () => {
  const DEAD = [403, 'ApiSecurityException', 'refresh_token']

  test.each<[string, (setting: MachineSetting) => Fields | Promise<Fields>, unknown[]]>([
    ['no client id', (setting) => ({ ...fieldsOf(setting), client_id: '' }), [400, 'ApiParamsExemption', 'client_id']],
    ['no key', (setting) => ({ ...fieldsOf(setting), client_secret: '' }), [400, 'ApiParamsExemption', 'client_secret']],
    ['no handle', (setting) => ({ ...fieldsOf(setting), refresh_token: '' }), [400, 'ApiParamsExemption', 'refresh_token']],
    ['Octorate’s own client secret', (setting) => ({ ...fieldsOf(setting), client_secret: setting.apiClient.clientSecret }), [401, 'ApiKeyInvalid', undefined]],
    ['a mistyped key', (setting) => ({ ...fieldsOf(setting), client_secret: `${setting.key.text.slice(0, -1)}!` }), [401, 'ApiKeyInvalid', undefined]],
    ['a key without the scope', async (setting) => ({ ...fieldsOf(setting), client_secret: (await makeMachineKey(setting.actor, { scopes: ['connections:read'] })).text }), [403, 'ApiSecurityException', undefined]],
    ['a key of the other environment', async (setting) => ({ ...fieldsOf(setting), client_secret: (await makeMachineKey(setting.actor, { environment: 'PRODUCTION' })).text }), DEAD],
    ['a key of another organization', async (setting) => ({ ...fieldsOf(setting), client_secret: (await makeMachineSetting(rig)).key.text }), DEAD],
    ['another API client', async (setting) => ({ ...fieldsOf(setting), client_id: (await makeConnected(rig, setting.actor)).apiClient.clientId }), DEAD],
    ['a mistyped handle', (setting) => ({ ...fieldsOf(setting), refresh_token: `${formatConnectionHandle(setting.connectionId).slice(0, -1)}!` }), DEAD],
    ['a handle of nothing', (setting) => ({ ...fieldsOf(setting), refresh_token: formatConnectionHandle(crypto.randomUUID()) }), DEAD],
    ['a true refresh token', (setting) => ({ ...fieldsOf(setting), refresh_token: 'sbx_something' }), DEAD],
  ])('%s', async (_what, fields, expected) => {
    const setting = await makeMachineSetting(rig)
    const answer = await refresh(await fields(setting))
    expect([answer.status, answer.type, answer.element]).toEqual(expected)
    expect(answer.access_token).toBeUndefined()
  })

  test('a handle that is not the key’s, and that is written down like any denial of a token', async () => {
    const [setting, stranger] = [await makeMachineSetting(rig), await makeMachineSetting(rig)]
    for (let round = 0; round < 3; round += 1) await refresh({ ...fieldsOf(setting), refresh_token: formatConnectionHandle(stranger.connectionId) })
    const events = await db().auditEvent.findMany({ where: { actorId: setting.key.id } })
    expect(events.map(({ action, outcome, detail }) => [action, outcome, detail])).toEqual([
      ['access_token.denied', 'denied', { reason: 'not_found', repeats: 0 }],
    ])
  })

  test('a dead grant, with the words of a dead refresh token, so that existing code asks to reconnect', async () => {
    const setting = await makeMachineSetting(rig)
    await db().connection.update({ where: { id: setting.connectionId }, data: { state: 'reconnect_required', nextRefreshAt: null } })
    const answer = await refresh(fieldsOf(setting))
    expect([answer.status, answer.type, answer.element]).toEqual(DEAD)
  })

  test('what is no form, and a field that is there twice', async () => {
    const setting = await makeMachineSetting(rig)
    expect((await refresh(fieldsOf(setting), { 'content-type': 'application/json' })).status).toBe(400)
    const twice = await front.call('POST', '/connect/rest/v1/identity/refresh', { headers: FORM, body: `${new URLSearchParams(fieldsOf(setting))}&client_id=x` })
    expect([twice.status, (twice.json() as { type: string }).type]).toEqual([400, 'ApiParamsExemption'])
  })

  test.each([['GET', '/connect/rest/v1/identity/refresh', 405], ['POST', '/connect/rest/v1/identity/apilogin', 404], ['GET', '/connect', 404], ['GET', '/connect/rest/v1/accommodation', 404]])(
    '%s %s by %i',
    async (method, path, status) => {
      const answer = await front.call(method, path)
      expect([answer.status, Object.keys(answer.json() as object)]).toEqual([status, expect.arrayContaining(['message', 'type', 'human_name', 'nested'])])
    },
  )

  test('never with anything of what was sent', async () => {
    const setting = await makeMachineSetting(rig)
    for (const change of [{ client_id: 'unknown-client-id' }, { refresh_token: 'unknown-refresh-token' }, { client_secret: 'unknown-client-secret' }]) {
      const answer = await refresh({ ...fieldsOf(setting), ...change })
      expect(answer.text).not.toMatch(/unknown|krk_/)
    }
  })
})
