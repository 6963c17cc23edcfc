import { describe, expect, test } from 'vitest'
import { getConnection } from '../connections/get-connection'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { startJobs } from '../jobs/start-jobs'
import { settleRound } from '../journal/settler'
import { requestRefresh } from '../refresh/request-refresh'
import { makeActor, makeApiClient, type TestApiClient } from '../../tests/factories'
import { connect } from '../../tests/consent-flow'
import { prepareChildren } from '../../tests/child-process'
import { holdNetworkToken, holdToken, refreshElsewhere, type HeldToken } from '../../tests/old-system'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'
import { cancelImport } from './cancel-import'
import { checkImport } from './check-import'
import { getImport } from './get-import'
import { handBackImport } from './hand-back-import'
import { personActor } from './import-actor'
import { listImportLines } from './list-import-lines'
import { retryImport } from './retry-import'
import { runImport } from './run-import'
import { startImport, type NewLine } from './start-import'

const rig = await openRig()
const { sandbox, clock } = rig
const children = await prepareChildren(rig)

interface Scene {
  readonly actor: Actor
  readonly apiClient: TestApiClient
}

async function makeScene(upstreamId: 'sandbox' | 'gated' = 'sandbox'): Promise<Scene> {
  const actor = await makeActor()
  return { actor, apiClient: await makeApiClient(rig, actor, { upstreamId }) }
}

const toLines = (tokens: readonly (Omit<HeldToken, 'propertyId'> & { propertyId?: string })[], withProperty = true): NewLine[] =>
  tokens.map(({ refreshToken, propertyId }, index) => ({ number: index + 1, refreshToken, ...(withProperty && propertyId ? { propertyId } : {}) }))

function start({ actor, apiClient }: Scene, lines: readonly NewLine[], probe = true): Promise<string> {
  return startImport(personActor(actor), { apiClientId: apiClient.id, name: 'Cohort one', probe, lines })
}

const run = (id: string) => runImport(id, new AbortController().signal)
const linesOf = async ({ actor }: Scene, id: string) =>
  (await listImportLines(personActor(actor), id, { offset: 0, limit: 1_000 })).items
const statesOf = async (scene: Scene, id: string) => (await linesOf(scene, id)).map(({ state, reason }) => (reason ? `${state}: ${reason}` : state))
const stateOf = async ({ actor }: Scene, id: string) => (await getImport(personActor(actor), id)).state
const keptTokens = (id: string) => db().importLine.count({ where: { importId: id, refreshTokenSealed: { not: null } } })
const connectionsOf = ({ actor }: Scene) => db().connection.findMany({ where: { organizationId: actor.viewer.organizationId }, orderBy: { name: 'asc' } })
const hold = (scene: Scene, ...properties: string[]) => Promise.all(properties.map((id) => holdToken(rig, scene.apiClient, id)))

describe('an import that tries each token', () => {
  test('makes a connection of each, with a live pair and what it covers, and wipes the lines’ own copies', async () => {
    const scene = await makeScene()
    const tokens = await hold(scene, '324410', '324417', '337210')
    const id = await start(scene, toLines(tokens))
    expect(await keptTokens(id)).toBe(3)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored', 'stored', 'stored'])
    expect([await stateOf(scene, id), await keptTokens(id)]).toEqual(['finished', 0])
    const connections = await connectionsOf(scene)
    expect(connections).toHaveLength(3)
    for (const { id: connectionId, origin, verifiedAt } of connections) {
      expect(await inspectStored(rig, connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
      expect([origin, verifiedAt]).toEqual(['import', clock.date])
    }
    expect((await getConnection(scene.actor.viewer, connections[0]?.id ?? '')).properties).toHaveLength(1)
  })
})

describe('what a line comes to', () => {
  test('a token of a network becomes the network’s connection, whichever of its properties was named', async () => {
    const scene = await makeScene()
    const token = await holdNetworkToken(rig, scene.apiClient)
    const id = await start(scene, [{ number: 1, refreshToken: token.refreshToken, propertyId: '310058' }])
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored'])
    expect((await connectionsOf(scene))[0]?.identity).toMatch(/^network:/)
  })

  test('a token that covers another property than was said is kept under its true one and marked, because dropping it could lose the grant', async () => {
    const scene = await makeScene()
    const [token] = await hold(scene, '324410')
    const id = await start(scene, [{ number: 1, refreshToken: token?.refreshToken ?? '', propertyId: '324417' }])
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored: property_differs'])
    expect((await connectionsOf(scene)).map(({ identity }) => identity)).toEqual(['property:324410'])
  })

  test('the same token twice in one file is sent once', async () => {
    const scene = await makeScene()
    const [token] = await hold(scene, '324410')
    const calls = watchCalls(rig)
    const id = await start(scene, toLines([token, token].flatMap((each) => each ?? [])))
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored', 'duplicate: same_token_in_file'])
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test('a property that is connected is not even tried, because a try could end the access token in use', async () => {
    const scene = await makeScene()
    const connectionId = await connect(rig, scene)
    const before = await readStoredTokens(connectionId)
    const tokens = await hold(scene, '324410')
    const calls = watchCalls(rig)
    const id = await start(scene, toLines(tokens))
    await run(id)
    expect(await linesOf(scene, id)).toMatchObject([{ state: 'duplicate', reason: 'already_connected', connectionId }])
    expect([calls.all(), await readStoredTokens(connectionId)]).toEqual([[], before])
  })

  test('a token whose property was not named replaces no living connection either', async () => {
    const scene = await makeScene()
    const connectionId = await connect(rig, scene)
    const { access, refresh } = await readStoredTokens(connectionId)
    const id = await start(scene, toLines(await hold(scene, '324410'), false))
    await run(id)
    expect(await linesOf(scene, id)).toMatchObject([{ state: 'duplicate', reason: 'already_connected', connectionId }])
    expect(await readStoredTokens(connectionId)).toMatchObject({ access, refresh })
    expect(await keptTokens(id)).toBe(0)
  })

  test('a token that another import brought is found without asking, because a second try could end its successor', async () => {
    const scene = await makeScene()
    const tokens = await hold(scene, '324410')
    await run(await start(scene, toLines(tokens, false)))
    const calls = watchCalls(rig)
    const second = await start(scene, [...toLines(tokens, false), { number: 2, refreshToken: 'sbx_unknown_to_anybody' }])
    await run(second)
    expect((await linesOf(scene, second))[0]).toMatchObject({ state: 'duplicate', reason: 'same_token_before' })
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test('a refused token is tried once more after half a minute, then ends with its token wiped', async () => {
    const scene = await makeScene()
    const [token] = await hold(scene, '324410')
    await sandbox.control.revoke({ refreshToken: token?.refreshToken ?? '' })
    const id = await start(scene, toLines(token ? [token] : []))
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['pending: refresh_refused_once'])
    clock.advance(29_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['pending: refresh_refused_once'])
    clock.advance(1_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['refused: reconnect_required'])
    expect([await stateOf(scene, id), await keptTokens(id)]).toEqual(['finished', 0])
  })

  test('a refused API client refuses no token: the lines wait until it is taken again', async () => {
    const scene = await makeScene()
    const tokens = await hold(scene, '324410')
    await sandbox.control.changeClientSecret(scene.apiClient.clientId, 'sbx_another_secret')
    const id = await start(scene, toLines(tokens))
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['pending: api_client_refused'])
    await sandbox.control.changeClientSecret(scene.apiClient.clientId, scene.apiClient.clientSecret)
    clock.advance(5 * 60_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored'])
  })

  test.each([
    ['quota', { kind: 'quota' }, 'upstream_quota'],
    ['no connection', { kind: 'reset' }, 'upstream_unreachable'],
    ['a 500', { kind: 'status', status: 500 }, 'upstream_unreachable'],
    ['a page for people', { kind: 'status', status: 403, body: '<html>no</html>', contentType: 'text/html' }, 'upstream_refused'],
  ] as const)('%s puts a line off and loses nothing', async (_what, fault, reason) => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410')))
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: scene.apiClient.clientId, ...fault })
    await run(id)
    expect(await statesOf(scene, id)).toEqual([`pending: ${reason}`])
    expect((await linesOf(scene, id))[0]?.nextTryAt).not.toBeNull()
    clock.advance(5_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored'])
  })

  test('an outage is met by one line at a time, because what one met the next would meet too', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410', '324417', '324425', '324431', '337210', '337218')))
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: scene.apiClient.clientId, kind: 'reset', count: 0 })
    const calls = watchCalls(rig)
    await run(id)
    expect(calls.count('identity/refresh')).toBeLessThan(4)
    clock.advance(5_000)
    await run(id)
    expect(calls.count('identity/refresh')).toBeLessThan(7)
    sandbox.control.faults.clear()
    clock.advance(60_000)
    await run(id)
    expect(new Set(await statesOf(scene, id))).toEqual(new Set(['stored']))
  })

  test('an answer that came while Octorate could not say what it covers waits in the journal, and the token is not sent again', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410')))
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: scene.apiClient.clientId, kind: 'status', status: 500, count: 2 })
    const calls = watchCalls(rig)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['pending: upstream_unreachable'])
    clock.advance(10_000)
    await run(id)
    clock.advance(20_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored'])
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test('the wrong environment fails a line and keeps its token, so that a person may mend it and try again', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410')))
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: scene.apiClient.clientId, kind: 'wrong-environment' })
    await run(id)
    expect([await statesOf(scene, id), await keptTokens(id)]).toEqual([['failed: upstream_wrong_environment'], 1])
    expect(await stateOf(scene, id)).toBe('finished')
    await retryImport(personActor(scene.actor), id)
    await run(id)
    expect([await statesOf(scene, id), await stateOf(scene, id)]).toEqual([['stored'], 'finished'])
    await expect(retryImport(personActor(scene.actor), id)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('with refresh tokens that Octorate replaces at each use', () => {
  test('the connection has the new one, because the one that was brought is dead now', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const scene = await makeScene()
    const [token] = await hold(scene, '324410')
    const id = await start(scene, toLines(token ? [token] : []))
    await run(id)
    const [connection] = await connectionsOf(scene)
    expect(await inspectStored(rig, connection?.id ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
    expect((await readStoredTokens(connection?.id ?? '')).refresh).not.toBe(token?.refreshToken)
    await sandbox.control.settings.set({ refreshRotation: 'off' })
  })
})

describe('processes', () => {
  test('that work on one import at once share its lines, and send no token twice', async () => {
    const scene = await makeScene()
    const tokens = await hold(scene, '324410', '324417', '324425', '324431', '337210', '337218')
    const id = await start(scene, toLines(tokens))
    const [one, two] = [await children.start(), await children.start()]
    const calls = watchCalls(rig)
    await Promise.all([one.ask({ do: 'import', importId: id }), two.ask({ do: 'import', importId: id })])
    expect(await statesOf(scene, id)).toEqual(tokens.map(() => 'stored'))
    expect([calls.count('identity/refresh'), await stateOf(scene, id)]).toEqual([6, 'finished'])
    await Promise.all([one.kill(), two.kill()])
  })

  test('one that is killed between answer and connection loses nothing: another finishes the line without sending the token', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410', '324417')))
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: scene.apiClient.clientId, kind: 'no-answer', count: 2 })
    const calls = watchCalls(rig)
    const child = await children.start()
    child.ask({ do: 'import', importId: id }).catch(() => undefined)
    await until(async () => expect(await db().grantJournal.count({ where: { organizationId: scene.actor.viewer.organizationId } })).toBe(2))
    await child.kill()
    sandbox.control.faults.clear()
    expect(await connectionsOf(scene)).toEqual([])
    clock.advance(61_000)
    await settleRound()
    expect(await statesOf(scene, id)).toEqual(['stored', 'stored'])
    await run(id)
    expect([calls.count('identity/refresh'), await stateOf(scene, id)]).toEqual([2, 'finished'])
  })

  test('one that is killed before an answer came leaves its lines to others after a minute', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410')))
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: scene.apiClient.clientId, kind: 'no-answer' })
    const child = await children.start()
    child.ask({ do: 'import', importId: id }).catch(() => undefined)
    await until(async () => expect((await db().importLine.findFirstOrThrow({ where: { importId: id } })).claimedBy).not.toBeNull())
    await child.kill()
    sandbox.control.faults.clear()
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['pending'])
    clock.advance(60_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['stored'])
  })
})

describe('the queue', () => {
  test('gives the import of a process that was killed to another one, which ends it', async () => {
    const scene = await makeScene()
    const { ownerUrl, sql } = rig.database
    const child = await children.start()
    await child.ask({ do: 'jobs', ownerUrl })
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: scene.apiClient.clientId, kind: 'no-answer' })
    const id = await start(scene, toLines(await hold(scene, '324410', '324417')))
    await until(async () => expect(await db().importLine.count({ where: { importId: id, claimedBy: { not: null } } })).toBeGreaterThan(0))
    await child.kill()
    sandbox.control.faults.clear()
    // As if the time had passed after which a silent runner is taken for dead, and a claimed line for anybody's.
    await sql("UPDATE job_runners SET seen_at = seen_at - interval '1 minute'")
    await sql("UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '1 minute' WHERE locked_at IS NOT NULL")
    clock.advance(61_000)
    const jobs = await startJobs(ownerUrl)
    await until(async () => expect(await stateOf(scene, id)).toBe('finished'))
    await jobs.stop()
    expect(await statesOf(scene, id)).toEqual(['stored', 'stored'])
  })
})

describe('the same lines again', () => {
  test('are the same import, because a person who is not sure sends a file twice', async () => {
    const scene = await makeScene()
    const lines = toLines(await hold(scene, '324410', '324417'))
    const [first, second] = await Promise.all([start(scene, lines), start(scene, lines)])
    expect(second).toBe(first)
    await run(first)
    expect(await start(scene, lines)).toBe(first)
    expect(await start(scene, lines.slice(0, 1))).not.toBe(first)
  })

  test('are another import once something in it was refused, so that a file may be tried again', async () => {
    const scene = await makeScene()
    const lines = toLines([...(await hold(scene, '324410')), { refreshToken: 'sbx_nobody_knows_this', accessToken: '' }])
    const first = await start(scene, lines)
    await run(first)
    clock.advance(30_000)
    await run(first)
    expect(await statesOf(scene, first)).toEqual(['stored', 'refused: reconnect_required'])
    const second = await start(scene, lines)
    expect(second).not.toBe(first)
    await run(second)
    expect((await statesOf(scene, second))[0]).toBe('duplicate: same_token_before')
  })
})

describe('cancelling', () => {
  test('gives up what waits and wipes its tokens; what Octorate is just answering is saved', async () => {
    const scene = await makeScene('gated')
    const id = await start(scene, toLines(await hold(scene, '324410', '324417', '324425', '324431', '337210')))
    const held = Array.from({ length: 4 }, () => rig.gate.hold('refresh'))
    const running = run(id)
    await Promise.all(held.map(({ reached }) => reached))
    await cancelImport(personActor(scene.actor), id)
    expect((await statesOf(scene, id)).filter((state) => state === 'failed: cancelled')).toHaveLength(1)
    for (const { release } of held) release()
    await running
    expect((await statesOf(scene, id)).toSorted()).toEqual(['failed: cancelled', 'stored', 'stored', 'stored', 'stored'])
    expect([await stateOf(scene, id), await keptTokens(id)]).toEqual(['cancelled', 0])
    await expect(cancelImport(personActor(scene.actor), id)).rejects.toMatchObject({ code: 'import_not_running' })
  })
})

describe('an import on trust', () => {
  test('asks nobody, and stores each token untried under the property that was named', async () => {
    const scene = await makeScene()
    const tokens = await hold(scene, '324410', '324417')
    const calls = watchCalls(rig)
    const id = await start(scene, toLines(tokens), false)
    await run(id)
    expect([await statesOf(scene, id), calls.all(), await keptTokens(id)]).toEqual([['stored', 'stored'], [], 0])
    const [connection] = await connectionsOf(scene)
    expect(connection).toMatchObject({
      accessTokenSealed: null, verifiedAt: null, nextRefreshAt: null, lastRefreshOutcome: 'not_tried', state: 'connected',
    })
    expect((await readStoredTokens(connection?.id ?? '')).refresh).toBe(tokens[0]?.refreshToken)
  })

  test('refreshes at the first use, and then learns what the token covers', async () => {
    const scene = await makeScene()
    await run(await start(scene, toLines(await hold(scene, '324410')), false))
    const [connection] = await connectionsOf(scene)
    const subject = { id: connection?.id ?? '', organizationId: scene.actor.viewer.organizationId }
    expect(await requestRefresh(subject, { reason: 'hand_out', waitMs: 10_000 })).toEqual({ outcome: 'refreshed' })
    await settleRound()
    expect((await connectionsOf(scene))[0]).toMatchObject({ name: 'Locanda Bianchi', verifiedAt: clock.date, identity: 'property:324410' })
    expect(await inspectStored(rig, subject.id)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('puts right what was claimed wrongly, and says so on the line', async () => {
    const scene = await makeScene()
    const [token] = await hold(scene, '324410')
    const id = await start(scene, [{ number: 1, refreshToken: token?.refreshToken ?? '', propertyId: '324431' }], false)
    await run(id)
    const [before] = await connectionsOf(scene)
    await requestRefresh({ id: before?.id ?? '', organizationId: scene.actor.viewer.organizationId }, { reason: 'hand_out', waitMs: 10_000 })
    await settleRound()
    const [connection] = await connectionsOf(scene)
    expect(connection).toMatchObject({ identity: 'property:324410', name: 'Locanda Bianchi' })
    expect((await getConnection(scene.actor.viewer, connection?.id ?? '')).properties.map(({ upstreamId }) => upstreamId)).toEqual(['324410'])
    expect(await statesOf(scene, id)).toEqual(['stored: property_differs'])
  })

  test('keeps the identity that was claimed when another connection has the true one, because overlaps stay separate', async () => {
    const scene = await makeScene()
    const connectionId = await connect(rig, scene)
    const [token] = await hold(scene, '324410')
    await run(await start(scene, [{ number: 1, refreshToken: token?.refreshToken ?? '', propertyId: '324431' }], false))
    const imported = (await connectionsOf(scene)).find(({ id }) => id !== connectionId)
    await requestRefresh({ id: imported?.id ?? '', organizationId: scene.actor.viewer.organizationId }, { reason: 'hand_out', waitMs: 10_000 })
    await settleRound()
    const rows = await connectionsOf(scene)
    expect(rows.map(({ identity }) => identity).toSorted()).toEqual(['property:324410', 'property:324431'])
    expect((await getConnection(scene.actor.viewer, imported?.id ?? '')).properties.map(({ upstreamId }) => upstreamId)).toEqual(['324410'])
  })

  test('needs a property for every line, because nobody else says what it covers', async () => {
    const scene = await makeScene()
    await expect(start(scene, toLines(await hold(scene, '324410'), false), false)).rejects.toMatchObject({ code: 'import_line_malformed' })
    expect(await db().connectionImport.count({ where: { organizationId: scene.actor.viewer.organizationId } })).toBe(0)
  })
})

describe('handing back', () => {
  test('wipes what was brought here and leaves the old system its living token', async () => {
    const scene = await makeScene()
    const tokens = await hold(scene, '324410', '324417')
    const id = await start(scene, toLines(tokens))
    await run(id)
    await handBackImport(personActor(scene.actor), id)
    expect([await statesOf(scene, id), await stateOf(scene, id)]).toEqual([['handed_back', 'handed_back'], 'handed_back'])
    for (const connection of await connectionsOf(scene)) {
      expect(connection).toMatchObject({ state: 'disconnected', cause: 'handed_back', refreshTokenSealed: null, accessTokenSealed: null })
    }
    for (const { refreshToken } of tokens) expect((await refreshElsewhere(rig, scene.apiClient, refreshToken)).status).toBe(200)
    const audit = await db().auditEvent.findMany({ where: { organizationId: scene.actor.viewer.organizationId }, select: { action: true } })
    const counts = (action: string) => audit.filter((event) => event.action === action).length
    expect([counts('import.started'), counts('connection.imported'), counts('import.handed_back'), counts('connection.disconnected')]).toEqual([1, 2, 1, 2])
  })

  test('keeps what Octorate has given another token for, because the old system’s copy is dead', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const scene = await makeScene()
    const tokens = await hold(scene, '324410')
    const id = await start(scene, toLines(tokens))
    await run(id)
    await handBackImport(personActor(scene.actor), id)
    expect(await statesOf(scene, id)).toEqual(['stored: token_replaced'])
    const [connection] = await connectionsOf(scene)
    expect(await inspectStored(rig, connection?.id ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
    expect((await refreshElsewhere(rig, scene.apiClient, tokens[0]?.refreshToken ?? '')).status).not.toBe(200)
    await sandbox.control.settings.set({ refreshRotation: 'off' })
  })

  test('leaves alone what is being refreshed at this moment, and takes it when it is asked again', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410')))
    await run(id)
    const [connection] = await connectionsOf(scene)
    await rig.database.sql("UPDATE connections SET lease_owner = 'somebody', lease_until = clock_timestamp() + interval '20 seconds' WHERE id = $1", [connection?.id])
    await handBackImport(personActor(scene.actor), id)
    expect(await statesOf(scene, id)).toEqual(['stored: refresh_in_progress'])
    await rig.database.sql('UPDATE connections SET lease_owner = NULL, lease_until = NULL WHERE id = $1', [connection?.id])
    await handBackImport(personActor(scene.actor), id)
    expect(await statesOf(scene, id)).toEqual(['handed_back'])
  })

  test('is followed by a new import of the same file, which connects them again', async () => {
    const scene = await makeScene()
    const lines = toLines(await hold(scene, '324410'))
    const first = await start(scene, lines)
    await run(first)
    await handBackImport(personActor(scene.actor), first)
    clock.advance(1_000)
    const second = await start(scene, lines)
    await run(second)
    expect(await statesOf(scene, second)).toEqual(['stored'])
    const connections = await connectionsOf(scene)
    expect(connections.map(({ state }) => state)).toEqual(['connected'])
    expect(await inspectStored(rig, connections[0]?.id ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('is refused while the import runs', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410')))
    await expect(handBackImport(personActor(scene.actor), id)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('another organization', () => {
  test('sees nothing of an import and can do nothing to it, nor import for an API client that is not its own', async () => {
    const scene = await makeScene()
    const id = await start(scene, toLines(await hold(scene, '324410')))
    const stranger = personActor(await makeActor())
    const notFound = { code: 'not_found' }
    await expect(getImport(stranger, id)).rejects.toMatchObject(notFound)
    await expect(listImportLines(stranger, id, { offset: 0, limit: 10 })).rejects.toMatchObject(notFound)
    await expect(cancelImport(stranger, id)).rejects.toMatchObject(notFound)
    await expect(handBackImport(stranger, id)).rejects.toMatchObject(notFound)
    await expect(retryImport(stranger, id)).rejects.toMatchObject(notFound)
    const asked = { apiClientId: scene.apiClient.id, name: 'x', probe: true, lines: [{ number: 1, refreshToken: 'sbx_abcdefgh' }] }
    await expect(startImport(stranger, asked)).rejects.toMatchObject(notFound)
    expect(await stateOf(scene, id)).toBe('running')
  })
})

describe('before anything is stored', () => {
  test('the page is told which properties are connected, by their ids alone', async () => {
    const scene = await makeScene()
    await connect(rig, scene)
    const asked = { apiClientId: scene.apiClient.id, propertyIds: ['324410', '324417'] }
    expect(await checkImport(scene.actor.viewer, asked)).toEqual({ connected: ['324410'] })
  })
})

test('no token stands in any column, log line or answer, because only envelopes hold one', async () => {
  const scene = await makeScene()
  const tokens = await hold(scene, '324410', '324417')
  const id = await start(scene, toLines(tokens))
  await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: scene.apiClient.clientId, kind: 'status', status: 500 })
  await run(id)
  const dump = JSON.stringify([
    await rig.database.sql('SELECT * FROM import_lines'), await rig.database.sql('SELECT * FROM connection_imports'),
    await rig.database.sql('SELECT detail FROM audit_events'), await linesOf(scene, id), rig.logs(),
  ])
  for (const { refreshToken } of tokens) expect(dump).not.toContain(refreshToken)
})
