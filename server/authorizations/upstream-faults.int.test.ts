import { afterEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '@/contracts/errors'
import { settleRound } from '../journal/settler'
import { db } from '../db'
import { getAuthorization } from './get-authorization'
import { openCanary } from '../../tests/canary'
import { arrive, decide, startFlow, type Flow } from '../../tests/consent-flow'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeApiClient } from '../../tests/factories'
import { secretsOf, secretsOfFlow } from '../../tests/known-secrets'
import { openRig } from '../../tests/runtime'
import type { Fault } from '../../tests/upstream-calls'

const rig = await openRig({ poolSize: 24 })
const { sandbox, clock } = rig
const canary = await openCanary()
const flows: Flow[] = []
const DAY_MS = 86_400_000

afterEach(() => sandbox.control.faults.clear())

interface Case {
  readonly name: string
  readonly fault: Fault
  readonly code: ErrorCode | null
  /** How often the code was sent. */
  readonly sent: number
}

const page = '<!doctype html><title>Sign in</title>'
const duplicated = '{"access_token":"sbx_a","access_token":"sbx_b","refresh_token":"sbx_c"}'
const token = (rest: string) => `{"access_token":"sbx_good","refresh_token":"sbx_good"${rest}}`

/** Faults of the code exchange, and how the flow must end. A code is sent twice only after no definite answer. */
const EXCHANGE: readonly Case[] = [
  { name: 'one 500', fault: { kind: 'status', status: 500 }, code: null, sent: 2 },
  { name: '500 again and again', fault: { kind: 'status', status: 500, count: 2 }, code: 'upstream_unreachable', sent: 2 },
  { name: 'a 502 with a page', fault: { kind: 'status', status: 502, body: page, count: 2 }, code: 'upstream_unreachable', sent: 2 },
  { name: '550 of a partner', fault: { kind: 'status', status: 550, count: 2 }, code: 'upstream_unreachable', sent: 2 },
  { name: 'one connection that ends without an answer', fault: { kind: 'no-answer', holdMs: 20 }, code: null, sent: 2 },
  { name: 'connections that end without an answer', fault: { kind: 'no-answer', holdMs: 20, count: 2 }, code: 'upstream_unreachable', sent: 2 },
  { name: 'resets', fault: { kind: 'reset', count: 2 }, code: 'upstream_unreachable', sent: 2 },
  { name: 'an answer that is lost after Octorate gave it', fault: { kind: 'no-answer', when: 'after', holdMs: 20 }, code: 'code_refused', sent: 2 },
  { name: 'an answer that breaks off', fault: { kind: 'truncate' }, code: 'code_refused', sent: 2 },
  { name: 'a 302 to a stranger', fault: { kind: 'redirect', location: canary.url }, code: 'upstream_redirected', sent: 1 },
  { name: 'a 307 to a stranger', fault: { kind: 'redirect', location: canary.url, status: 307 }, code: 'upstream_redirected', sent: 1 },
  { name: 'a 308 to a stranger', fault: { kind: 'redirect', location: canary.url, status: 308 }, code: 'upstream_redirected', sent: 1 },
  { name: 'tokens that call themselves a page', fault: { kind: 'override', contentType: 'text/html' }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a sign-in page that calls itself 200', fault: { kind: 'override', raw: page, contentType: 'text/html' }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a page that calls itself JSON', fault: { kind: 'override', raw: page }, code: 'upstream_unreadable', sent: 1 },
  { name: 'nothing, with 200', fault: { kind: 'override', raw: '' }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a key that is there twice', fault: { kind: 'override', raw: duplicated }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a very long body', fault: { kind: 'huge', bytes: 1_000_000 }, code: 'upstream_unreadable', sent: 1 },
  { name: 'UTF-16', fault: { kind: 'override', rawBase64: Buffer.from(token(''), 'utf16le').toString('base64') }, code: 'upstream_unreadable', sent: 1 },
  { name: 'bytes that are not UTF-8', fault: { kind: 'override', rawBase64: Buffer.from(token(',"x":"\u00ff"'), 'latin1').toString('base64') }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a body that is not gzip though it says so', fault: { kind: 'override', headers: { 'content-encoding': 'gzip' } }, code: 'code_refused', sent: 2 },
  { name: 'no access token', fault: { kind: 'override', remove: ['access_token'] }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a number as the token', fault: { kind: 'override', merge: { access_token: 7 } }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a token with a line break', fault: { kind: 'override', merge: { access_token: 'sbx_a\r\nset-cookie: b' } }, code: 'upstream_unreadable', sent: 1 },
  { name: 'a token of another type', fault: { kind: 'override', merge: { token_type: 'mac' } }, code: 'upstream_unreadable', sent: 1 },
  { name: 'an array', fault: { kind: 'override', replace: [] }, code: 'upstream_unreadable', sent: 1 },
  { name: '204', fault: { kind: 'override', status: 204, raw: '' }, code: 'upstream_unreadable', sent: 1 },
  { name: 'the quota’s 403', fault: { kind: 'quota' }, code: 'upstream_quota', sent: 1 },
  { name: '429', fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } }, code: 'upstream_quota', sent: 1 },
  { name: 'the wrong environment', fault: { kind: 'wrong-environment' }, code: 'upstream_wrong_environment', sent: 1 },
  { name: 'a permission that is missing', fault: { kind: 'role-missing' }, code: 'upstream_permission', sent: 1 },
  { name: '400 without words', fault: { kind: 'status', status: 400 }, code: 'code_refused', sent: 1 },
  { name: '401 without words', fault: { kind: 'status', status: 401 }, code: 'api_client_refused', sent: 1 },
  { name: '404 without JSON', fault: { kind: 'status', status: 404 }, code: 'upstream_refused', sent: 1 },
]

async function begin(): Promise<Flow> {
  const actor = await makeActor()
  const flow = await startFlow(actor, await makeApiClient(rig, actor))
  flows.push(flow)
  return flow
}

async function runWith(fault: Fault, endpoint = 'identity/token') {
  const flow = await begin()
  const address = await decide(rig, flow)
  const { clientId } = flow.apiClient
  await sandbox.control.faults.add({ endpoint, clientId, ...fault })
  const completed = await arrive(flow, address)
  const shown = await getAuthorization(flow.actor.viewer, flow.started.authorizationId)
  return { flow, completed, shown, code: completed.outcome === 'failed' ? completed.error.code : null }
}

function sentOf({ shown }: Awaited<ReturnType<typeof runWith>>): number {
  return shown.steps.find(({ name }) => name === 'exchange')?.exchanges.length ?? 0
}

async function rowsOf({ actor }: Flow) {
  const where = { organizationId: actor.viewer.organizationId }
  const [connections, properties, lineage, journal, refused] = await Promise.all([
    db().connection.count({ where }),
    db().property.count({ where }),
    db().tokenLineage.count({ where }),
    db().grantJournal.findMany({ where }),
    db().auditEvent.count({ where: { ...where, action: 'authorization.refused' } }),
  ])
  return { connections, properties, lineage, journal, refused }
}

describe('a code exchange that meets', () => {
  test.each(EXCHANGE.filter(({ code }) => code === null))('$name still connects, because the code is sent once more inside its minute', async ({ fault, sent }) => {
    const run = await runWith(fault)
    expect(run.code).toBeNull()
    expect(sentOf(run)).toBe(sent)
    expect(await rowsOf(run.flow)).toMatchObject({ connections: 1, journal: [{ state: 'applied', answerSealed: null }] })
  })

  test.each(EXCHANGE.filter(({ code }) => code !== null))('$name ends as $code, explained, over, and with nothing half-made', async ({ fault, code, sent }) => {
    const run = await runWith(fault)
    expect(run.code).toBe(code)
    expect(sentOf(run)).toBe(sent)
    expect(run.shown).toMatchObject({ status: 'failed', failure: code, connectionId: null })
    expect(run.shown.steps.find(({ name }) => name === 'verify')).toBeUndefined()
    const rows = await rowsOf(run.flow)
    expect(rows).toMatchObject({ connections: 0, properties: 0, lineage: 0, refused: 1 })
    expect(rows.journal.map(({ state }) => state)).not.toContain('received')
  })

  test('a stranger’s address in a redirect never calls it', () => {
    expect(canary.hits).toEqual([])
  })
})

/** The deadlines are real time, so all of them run side by side: two attempts of eight seconds each. */
test(
  'a code exchange that Octorate does not answer, or answers byte by byte, ends within twenty seconds as a timeout',
  async () => {
    const faults: Fault[] = [
      { kind: 'no-answer', count: 2 },
      { kind: 'slow-body', count: 2 },
      { kind: 'delay', delayMs: 60_000, count: 2 },
    ]
    const startedAt = performance.now()
    const runs = await Promise.all(faults.map((fault) => runWith(fault)))
    expect(performance.now() - startedAt).toBeLessThan(20_000)
    expect(runs.map(({ code }) => code)).toEqual(['upstream_timeout', 'upstream_timeout', 'upstream_timeout'])
    for (const { flow, shown } of runs) {
      expect(shown).toMatchObject({ status: 'failed', failure: 'upstream_timeout' })
      expect((await rowsOf(flow)).connections).toBe(0)
    }
  },
  40_000,
)

describe('the look at what a grant covers', () => {
  const LOOKS: [string, Fault, ErrorCode][] = [
    ['503', { kind: 'status', status: 503 }, 'upstream_unreachable'],
    ['a reset', { kind: 'reset' }, 'upstream_unreachable'],
    ['an answer that breaks off', { kind: 'truncate' }, 'upstream_unreachable'],
    ['the quota’s 403', { kind: 'quota' }, 'upstream_quota'],
    ['a missing permission', { kind: 'role-missing' }, 'upstream_permission'],
    ['the wrong environment', { kind: 'wrong-environment' }, 'upstream_wrong_environment'],
    ['a page', { kind: 'override', raw: page, contentType: 'text/html' }, 'upstream_unreadable'],
    ['something that is no list', { kind: 'override', replace: { id: 1 } }, 'upstream_unreadable'],
    ['a redirect', { kind: 'redirect', location: canary.url }, 'upstream_redirected'],
  ]

  test.each(LOOKS)('is taken again after %s, because the grant is good and its tokens are safe in the journal', async (_name, fault, code) => {
    const run = await runWith(fault, 'accommodation')
    expect(run.code).toBe(code)
    expect(run.shown).toMatchObject({ status: 'working', failure: code, connectionId: null })
    expect(await rowsOf(run.flow)).toMatchObject({ connections: 0, properties: 0, lineage: 0, journal: [{ state: 'received', answerSealed: expect.stringMatching(/^v1\./) }] })
    clock.advance(5_000)
    await settleRound()
    expect(await getAuthorization(run.flow.actor.viewer, run.flow.started.authorizationId)).toMatchObject({ status: 'connected', failure: null })
    expect(await rowsOf(run.flow)).toMatchObject({ connections: 1, journal: [{ state: 'applied', answerSealed: null }] })
    expect(canary.hits).toEqual([])
  })

  test('is given up after a day, when its access token has expired, with its reason, and kept a day longer as evidence', async () => {
    const run = await runWith({ kind: 'role-missing', count: 0 }, 'accommodation')
    clock.advance(DAY_MS + 60_000)
    await settleRound()
    expect(await getAuthorization(run.flow.actor.viewer, run.flow.started.authorizationId)).toMatchObject({ status: 'failed', failure: 'upstream_permission' })
    expect(await rowsOf(run.flow)).toMatchObject({ connections: 0, journal: [{ state: 'refused', answerSealed: expect.any(String) as string }] })
    clock.advance(DAY_MS + 60_000)
    await settleRound()
    expect(await rowsOf(run.flow)).toMatchObject({ connections: 0, journal: [{ state: 'refused', answerSealed: null }] })
  })
})

describe('what all these flows leave behind', () => {
  test('holds no code, state, token or secret, in the database and in the log', async () => {
    const secrets = [...secretsOf(sandbox), ...flows.flatMap(secretsOfFlow)]
    expect(secrets.length).toBeGreaterThan(200)
    const places = { database: await dumpDatabase(rig.database), log: rig.logs() }
    expect(places.database).toContain(flows[0]?.apiClient.clientId)
    expect(places.log).toContain(flows.at(-1)?.started.authorizationId)
    expect(findSecrets(places.database, secrets)).toEqual([])
    expect(findSecrets(places.log, secrets)).toEqual([])
  })

  test('is settled: a day later nothing waits in the journal, and no answer is kept', async () => {
    clock.advance(DAY_MS + 60_000)
    await settleRound()
    expect(await db().grantJournal.count({ where: { OR: [{ state: 'received' }, { answerSealed: { not: null } }] } })).toBe(0)
  })
})
