import { describe, expect, test } from 'vitest'
import { getConnection } from '../connections/get-connection'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { settleRound } from '../journal/settler'
import { makeActor, makeApiClient, type TestApiClient } from '../../tests/factories'
import { connect } from '../../tests/consent-flow'
import { holdNetworkToken, holdToken, type HeldToken } from '../../tests/old-system'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'
import { cancelImport } from './cancel-import'
import { checkImport } from './check-import'
import { getImport } from './get-import'
import { personActor } from './import-actor'
import { listImportLines } from './list-import-lines'
import { retryImport } from './retry-import'
import { runImport } from './run-import'
import { startImport, type NewLine } from './start-import'

const rig = await openRig()
const { sandbox, clock } = rig

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
void [connect, holdNetworkToken, settleRound, readStoredTokens, until, watchCalls, cancelImport, checkImport, retryImport, sandbox]
