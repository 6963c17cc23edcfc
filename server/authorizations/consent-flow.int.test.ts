import { describe, expect, test } from 'vitest'
import { makeActor, makeApiClient } from '../../tests/factories'
import { arrive, decide, LOCANDA, startFlow } from '../../tests/consent-flow'
import { openRig } from '../../tests/runtime'

const rig = await openRig()

describe('a consent', () => {
  test('becomes a connection', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const flow = await startFlow(actor, apiClient)
    const completed = await arrive(rig, flow, await decide(rig, flow, LOCANDA))
    expect(completed).toMatchObject({ outcome: 'connected' })
  })
})
