import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { redirectUriStateSchema } from '@/contracts/redirect-uris'
import { findAdminToken } from '../admin-tokens/hold-admin-token'
import { getLastCalls } from '../calls/get-last-calls'
import { db } from '../db'
import { draftLetter } from '../letters/draft-letter'
import { listLetters } from '../letters/list-letters'
import { markLetterSent } from '../letters/mark-letter-sent'
import { watchRound } from '../api-configuration/watch-live'
import { startFlow } from '../../tests/consent-flow'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { watchCalls, type Fault } from '../../tests/upstream-calls'
import { adoptRedirectUris } from './adopt-redirect-uris'
import { getRedirectUris } from './get-redirect-uris'
import { readRedirectUris } from './read-redirect-uris'
import { undoRedirectUriWrite } from './undo-redirect-uri-write'
import { unwantRedirectUri } from './unwant-redirect-uri'
import { wantRedirectUri } from './want-redirect-uri'
import { writeRedirectUris } from './write-redirect-uris'

const rig = await openRig()
const { sandbox, clock } = rig
const [A, B, C, D] = ['https://a.example/cb', 'https://b.example/cb', 'https://c.example/cb', 'https://d.example/cb'] as const

afterEach(() => {
  sandbox.control.faults.clear()
})

async function makeWith(live: readonly string[], upstreamId: 'sandbox' | 'gated' = 'sandbox') {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor, { upstreamId })
  const { id, clientId } = apiClient
  await sandbox.control.changeConfiguration(clientId, { redirectUri: live })
  return {
    actor, apiClient, id, clientId,
    live: () => sandbox.control.configuration(clientId).redirectUri,
    others: (redirectUri: readonly string[]) => sandbox.control.changeConfiguration(clientId, { redirectUri }),
    write: (change: { add?: readonly string[]; remove?: readonly string[]; confirmation?: string }, as = actor) =>
      writeRedirectUris(as, id, { add: [...(change.add ?? [])], remove: [...(change.remove ?? [])], confirmation: change.confirmation ?? '' }),
    state: () => getRedirectUris(actor.viewer, id),
    fault: (endpoint: string, fault: Fault) => sandbox.control.faults.add({ endpoint, clientId, ...fault }),
  }
}

const auditOf = (targetId: string, action: string) => db().auditEvent.findMany({ where: { targetId, action }, orderBy: { id: 'asc' } })

describe('the wanted list', () => {
  test('is ours alone: adding to it and taking off it calls nobody', async () => {
    const { actor, id, state } = await makeWith([A])
    const calls = watchCalls(rig)
    const added = redirectUriStateSchema.strict().parse(await wantRedirectUri(actor, id, { uri: B, note: 'staging' }))
    expect(added.wanted).toMatchObject([{ uri: B, note: 'staging' }])
    expect(await refusalOf(wantRedirectUri(actor, id, { uri: B }))).toBe('conflict')
    await unwantRedirectUri(actor, { id, wantedId: added.wanted[0]?.id ?? '' })
    expect(await state()).toMatchObject({ wanted: [], live: null })
    expect(calls.all()).toEqual([])
    expect((await auditOf(id, 'redirect_uri.wanted')).map(({ detail }) => detail)).toEqual([{ uri: B }])
  })

  test.each(['http://a.example/cb', 'https://a.example/#x', 'https://*.example/', 'not an address', 'https://u@a.example/', 'https://a.example/?code=1'])(
    'takes no %s, because Octorate would not',
    async (uri) => {
      const { actor, id, write, state } = await makeWith([A])
      const calls = watchCalls(rig)
      expect(await refusalOf(wantRedirectUri(actor, id, { uri }))).toBe('invalid_input')
      expect(await refusalOf(write({ add: [uri] }))).toBe('invalid_input')
      expect([(await state()).wanted, calls.all()]).toEqual([[], []])
    },
  )
})

describe('writing to Octorate', () => {
  test('reads, writes the whole list and reads again, and keeps each call with its secrets masked', async () => {
    const { actor, apiClient, id, live, write } = await makeWith([A])
    const calls = watchCalls(rig)
    const state = await write({ add: [B] })
    expect(live()).toEqual([A, B])
    expect(calls.all()).toEqual(['identity/apilogin', 'api/configuration', 'api/configuration:write', 'api/configuration'])
    expect(state).toMatchObject({ wanted: [{ uri: B }], live: { uris: [A, B] }, drift: null, lastWrite: { before: [A], after: [A, B], state: 'verified' } })
    const { last } = await getLastCalls(actor.viewer, id, 'redirect_uris')
    expect(last?.exchanges.map(({ method, status }) => [method, status])).toEqual([['POST', 200], ['GET', 200], ['PATCH', 200], ['GET', 200]])
    expect(JSON.parse(last?.exchanges[2]?.requestJson ?? '')).toEqual({ redirectUri: [A, B] })
    const token = await findAdminToken({ id, organizationId: actor.viewer.organizationId })
    for (const secret of [apiClient.clientSecret, token?.reveal() ?? 'none is held']) expect(JSON.stringify(last)).not.toContain(secret)
    expect(token).not.toBeNull()
    expect((await auditOf(id, 'redirect_uri.written')).map(({ detail }) => detail)).toEqual([{ before: [A], after: [A, B] }])
  })

  test('loses none of 200 changes that others make between a person’s look and the write', async () => {
    const { actor, id, live, others, write } = await makeWith([A])
    await readRedirectUris(actor, id)
    const theirs: string[] = []
    for (let round = 0; round < 200; round += 1) {
      const [added, dropped] = [`https://theirs.example/${round}`, round % 3 === 2 ? theirs.shift() : undefined]
      theirs.push(added)
      await others([...live().filter((uri) => uri !== dropped), added])
      const ours = `https://ours.example/${round}`
      await write({ add: [ours], remove: round > 0 ? [`https://ours.example/${round - 1}`] : [], confirmation: round > 0 ? 'remove' : '' })
      expect(live()).toEqual(expect.arrayContaining([A, ...theirs, ours]))
      expect(live()).toHaveLength(theirs.length + 2)
    }
  })

  test('loses none of ours when twenty write at once: they take turns, and who may not is told', async () => {
    const { live, write } = await makeWith([A])
    const uris = Array.from({ length: 20 }, (_, index) => `https://ours.example/${index}`)
    const refusals = await Promise.all(uris.map((uri) => refusalOf(write({ add: [uri] }))))
    const written = uris.filter((_, index) => refusals[index] === 'none')
    expect(written.length).toBeGreaterThanOrEqual(1)
    expect(refusals.filter((code) => code !== 'none' && code !== 'configuration_busy')).toEqual([])
    expect([...live()].sort()).toEqual([A, ...written].sort())
  })

  test('takes turns with another organization that holds the same API account', async () => {
    const mine = await makeWith([A], 'gated')
    const other = await makeActor()
    const theirs = await makeApiClient(rig, other, { upstreamId: 'gated' })
    await db().apiClient.update({ where: { id: theirs.id }, data: { clientId: mine.clientId } })
    const held = rig.gate.hold('api/configuration')
    const writing = mine.write({ add: [B] })
    await held.reached
    const busy = writeRedirectUris(other, theirs.id, { add: [C], remove: [], confirmation: '' })
    expect(await refusalOf(busy)).toBe('configuration_busy')
    held.release()
    await writing
    expect(mine.live()).toEqual([A, B])
  })

  test('waits for nobody who died: a lease ends after a minute', async () => {
    const { clientId, live, write } = await makeWith([A])
    await db().configurationLease.create({ data: { key: `sandbox ${clientId}`, owner: 'a process that died', until: new Date(clock.at + 60_000) } })
    expect(await refusalOf(write({ add: [B] }))).toBe('configuration_busy')
    clock.advance(60_000)
    await write({ add: [B] })
    expect(live()).toEqual([A, B])
  })

  test('tells when somebody took ours away before it was read again', async () => {
    const { id, others, state, write } = await makeWith([A], 'gated')
    const [first, second] = [rig.gate.hold('api/configuration'), rig.gate.hold('api/configuration')]
    const writing = refusalOf(write({ add: [B] }))
    await first.reached
    first.release()
    await second.reached
    await others([C])
    second.release()
    expect(await writing).toBe('configuration_changed')
    expect(await state()).toMatchObject({ live: { uris: [C] }, lastWrite: { state: 'overtaken' }, drift: { added: [C], removed: [A] } })
    expect(await auditOf(id, 'redirect_uri.written')).toEqual([])
  })

  test('keeps and tells what somebody added before it was read again', async () => {
    const { others, live, state, write } = await makeWith([A], 'gated')
    const [first, second] = [rig.gate.hold('api/configuration'), rig.gate.hold('api/configuration')]
    const writing = write({ add: [B] })
    await first.reached
    first.release()
    await second.reached
    await others([...live(), D])
    second.release()
    await writing
    expect(await state()).toMatchObject({ live: { uris: [A, B, D] }, lastWrite: { state: 'verified' }, drift: { added: [D], removed: [] } })
  })

  test('that changes nothing sends nothing', async () => {
    const { live, write } = await makeWith([A, B])
    const calls = watchCalls(rig)
    await write({ add: [B], remove: [C] })
    expect([live(), calls.count('api/configuration:write')]).toEqual([[A, B], 0])
  })
})

describe('a write whose answer is lost', () => {
  test.each([
    ['500 after it was written', { kind: 'status', status: 500, when: 'after' }],
    ['a connection that ended after it was written', { kind: 'reset', when: 'after' }],
    ['half an answer', { kind: 'truncate' }],
  ] as const)('is found written by the read that follows: %s', async (_name, fault) => {
    const { fault: inject, live, write } = await makeWith([A])
    await inject('api/configuration:write', fault)
    expect(await write({ add: [B] })).toMatchObject({ live: { uris: [A, B] }, lastWrite: { state: 'verified' } })
    expect(live()).toEqual([A, B])
  })

  test.each([
    ['500 instead of writing', { kind: 'status', status: 500 }, 'upstream_unreachable'],
    ['quota', { kind: 'quota' }, 'upstream_quota'],
    ['the wrong environment', { kind: 'wrong-environment' }, 'upstream_wrong_environment'],
    ['a missing permission', { kind: 'role-missing' }, 'upstream_permission'],
    ['a refusal', { kind: 'status', status: 400, body: '{"type":"ApiValidationFailed"}', contentType: 'application/json' }, 'upstream_refused'],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'upstream_redirected'],
  ] as const)('and one that was not written says why: %s', async (_name, fault, code) => {
    const client = await makeWith([A])
    await client.fault('api/configuration:write', fault)
    expect(await refusalOf(client.write({ add: [B] }))).toBe(code)
    expect(client.live()).toEqual([A])
    expect((await client.state()).lastWrite).toMatchObject({ state: 'failed', before: [A], after: [A, B] })
    expect((await getLastCalls(client.actor.viewer, client.id, 'redirect_uris')).last).toMatchObject({ failure: code })
    expect((await client.state()).wanted).toEqual([])
  })

  test('stays "sent" when nothing can be read either, because nobody knows', async () => {
    const client = await makeWith([A])
    await client.fault('api/configuration:write', { kind: 'reset', when: 'after' })
    await client.fault('api/configuration', { kind: 'status', status: 503, skip: 1, count: 5 })
    expect(await refusalOf(client.write({ add: [B] }))).toBe('upstream_unreachable')
    expect((await client.state()).lastWrite).toMatchObject({ state: 'sent', before: [A], after: [A, B] })
  })

  test.each([
    ['no list', { remove: ['redirectUri'] }],
    ['a list of numbers', { merge: { redirectUri: [7] } }],
    ['a text', { merge: { redirectUri: A } }],
    ['a page', { raw: '<html>', contentType: 'text/html' }],
  ] as const)('nothing is sent when the list can’t be read: %s', async (_name, override) => {
    const client = await makeWith([A])
    await client.fault('api/configuration', { kind: 'override', ...override })
    const calls = watchCalls(rig)
    expect(await refusalOf(client.write({ add: [B] }))).toBe('upstream_unreadable')
    expect([client.live(), calls.count('api/configuration:write')]).toEqual([[A], 0])
  })
})

describe('taking away', () => {
  test.each([
    [{ before: [A, B], remove: [A], typed: '' }, 'confirmation_missing'],
    [{ before: [A, B], remove: [A], typed: 'Remove' }, 'confirmation_missing'],
    [{ before: [A, B], remove: [A], typed: 'remove' }, 'none'],
    [{ before: [A], remove: [A], typed: 'remove' }, 'confirmation_missing'],
    [{ before: [A], remove: [A], typed: 'remove all' }, 'none'],
    [{ before: [A], remove: [C], typed: '' }, 'none'],
  ])('as in %j is answered %s', async ({ before, remove, typed }, refusal) => {
    const { live, write } = await makeWith(before)
    expect(await refusalOf(write({ remove, confirmation: typed }))).toBe(refusal)
    const left: readonly string[] = before.filter((uri) => ![...remove].map(String).includes(uri))
    expect(live()).toEqual(refusal === 'none' ? left : before)
  })

  test('the last one is asked for as such, although there were two when the person looked', async () => {
    const { actor, id, live, others, write } = await makeWith([A, B])
    await readRedirectUris(actor, id)
    await others([A])
    expect(await refusalOf(write({ remove: [A], confirmation: 'remove' }))).toBe('confirmation_missing')
    expect(live()).toEqual([A])
  })

  test('all of them sends null, Octorate’s word for an empty list, and only then', async () => {
    const { actor, id, write } = await makeWith([A])
    await write({ remove: [A], confirmation: 'remove all' })
    const { last } = await getLastCalls(actor.viewer, id, 'redirect_uris')
    expect(JSON.parse(last?.exchanges.find(({ method }) => method === 'PATCH')?.requestJson ?? '')).toEqual({ redirectUri: null })
  })
})

describe('undoing', () => {
  test('takes back what was written, and leaves what others changed since', async () => {
    const { actor, id, live, others, write } = await makeWith([A, B])
    const { lastWrite } = await write({ add: [C], remove: [B], confirmation: 'remove' })
    await others([...live(), D])
    const undo = (confirmation: string) => undoRedirectUriWrite(actor, { id, writeId: lastWrite?.id ?? '', confirmation })
    expect(await refusalOf(undo(''))).toBe('confirmation_missing')
    await undo('remove')
    expect(live()).toEqual([A, D, B])
    expect(await refusalOf(undo('remove'))).toBe('conflict')
    expect((await auditOf(id, 'redirect_uri.write_undone')).length).toBe(1)
  })

  test('finds no write of another API client', async () => {
    const [mine, theirs] = [await makeWith([A]), await makeWith([A])]
    const { lastWrite } = await theirs.write({ add: [B] })
    const place = { writeId: lastWrite?.id ?? '', confirmation: 'remove' }
    expect(await refusalOf(undoRedirectUriWrite(mine.actor, { id: mine.id, ...place }))).toBe('not_found')
    expect(await refusalOf(undoRedirectUriWrite(mine.actor, { id: theirs.id, ...place }))).toBe('not_found')
    expect(theirs.live()).toEqual([A, B])
  })
})

/** What other tests have looked at is not due. */
const watchNobody = () => db().liveConfiguration.deleteMany({})

describe('a change at Octorate that is not ours', () => {
  test('is noticed by the hourly read, told with the list before it, and settled by taking it over', async () => {
    await watchNobody()
    const { actor, id, others, state } = await makeWith([A, B])
    await readRedirectUris(actor, id)
    await others([A, C])
    const calls = watchCalls(rig)
    clock.advance(59 * 60_000)
    await watchRound()
    expect([calls.all(), (await state()).drift]).toEqual([[], null])
    clock.advance(60_000)
    await watchRound()
    expect(calls.all()).toEqual(['api/configuration'])
    expect((await state()).drift).toEqual({ at: clock.date.toISOString(), added: [C], removed: [B] })
    expect((await auditOf(id, 'redirect_uri.drift_noticed')).map(({ detail }) => detail)).toEqual([{ added: [C], removed: [B] }])
    expect(await adoptRedirectUris(actor, id)).toMatchObject({ drift: null, wanted: [{ uri: A }, { uri: C }] })
  })

  test('is no drift any more when it was taken back', async () => {
    const { actor, id, others, state } = await makeWith([A])
    for (const [list, drifted] of [[[A], false], [[A, B], true], [[A], false]] as const) {
      await others(list)
      await readRedirectUris(actor, id)
      expect((await state()).drift !== null).toBe(drifted)
    }
  })

  test('stays told after a write of ours, without what we wrote', async () => {
    const { actor, id, others, write } = await makeWith([A])
    await readRedirectUris(actor, id)
    await others([A, D])
    expect(await write({ add: [B] })).toMatchObject({ drift: { added: [D], removed: [] } })
  })

  test('is read by one process of two, and by none that would have to log in', async () => {
    await watchNobody()
    const { actor, id } = await makeWith([A])
    await readRedirectUris(actor, id)
    clock.advance(60 * 60_000)
    const calls = watchCalls(rig)
    await Promise.all([watchRound(), rig.asAnotherProcess(() => watchRound())])
    expect(calls.all()).toEqual(['api/configuration'])
    clock.advance(366 * 24 * 60 * 60_000)
    await watchRound()
    expect(calls.all()).toEqual(['api/configuration'])
  })
})

describe('the page’s facts', () => {
  test('count the connects of the last seven days by address', async () => {
    const { actor, apiClient, state } = await makeWith([A])
    await startFlow(actor, apiClient)
    await startFlow(actor, apiClient)
    expect((await state()).recentConnects).toEqual([{ uri: apiClient.callbackUri, count: 2 }])
    clock.advance(8 * 24 * 60 * 60_000)
    expect((await state()).recentConnects).toEqual([])
  })
})

describe('in production', () => {
  test('nothing is written, and a letter goes its way: drafted, sent, seen live', async () => {
    const { actor, id, clientId, live, others, write } = await makeWith([A])
    await sandbox.control.changeConfiguration(clientId, { environment: 'PRODUCTION' })
    const calls = watchCalls(rig)
    expect(await refusalOf(write({ add: [B] }))).toBe('redirect_uri_locked')
    expect([live(), calls.count('api/configuration:write')]).toEqual([[A], 0])
    const { items: [drafted] } = await draftLetter(actor, id, { kind: 'redirect_uris', redirectUris: [A, B] })
    expect(drafted).toMatchObject({ state: 'drafted', redirectUris: [A, B], sentAt: null })
    await markLetterSent(actor, { id, letterId: drafted?.id ?? '' })
    expect(await refusalOf(markLetterSent(actor, { id, letterId: drafted?.id ?? '' }))).toBe('conflict')
    await readRedirectUris(actor, id)
    expect((await listLetters(actor.viewer, id)).items).toMatchObject([{ state: 'sent' }])
    await others([B, A])
    await readRedirectUris(actor, id)
    expect((await listLetters(actor.viewer, id)).items).toMatchObject([{ state: 'seen_live', seenLiveAt: clock.date.toISOString() }])
  })

  test('a letter names no address that Octorate could not take', async () => {
    const { actor, id } = await makeWith([A])
    expect(await refusalOf(draftLetter(actor, id, { kind: 'redirect_uris', redirectUris: [A, 'http://b.example/'] }))).toBe('invalid_input')
    expect(await refusalOf(markLetterSent(await makeColleague(actor), { id, letterId: randomUUID() }))).toBe('not_found')
  })
})
