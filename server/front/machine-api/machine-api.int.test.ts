import { describe, expect, test } from 'vitest'
import { makeConnected } from '../../../tests/consent-flow'
import { makeActor } from '../../../tests/factories'
import { openMachineFront } from '../../../tests/machine-front'
import { makeMachineKey } from '../../../tests/make-machine-key'
import { openRig } from '../../../tests/runtime'

const rig = await openRig()
const front = await openMachineFront()

describe('one connection', () => {
  test('is told to a key of its organization and environment, without any token', async () => {
    const actor = await makeActor()
    const { connectionId } = await makeConnected(rig, actor)
    const key = await makeMachineKey(actor)
    const answer = await front.call('GET', `/api/v1/connections/${connectionId}`, { as: key.header })
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/json', 'no-store'])
    expect(answer.json()).toMatchObject({ id: connectionId, environment: 'SANDBOX', status: 'healthy' })
  })
})
