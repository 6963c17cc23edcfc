import { describe, expect, test } from 'vitest'
import { getAuthorization } from '../authorizations/get-authorization'
import { db } from '../db'
import { settleRound } from './settler'
import { prepareChildren, type Child } from '../../tests/child-process'
import { arrive, decide, startFlow, type Flow } from '../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { until } from '../../tests/until'

const rig = await openRig()
const { sandbox, clock } = rig
const children = await prepareChildren(rig)

async function makeFlow(): Promise<Flow> {
  const actor = await makeActor()
  return startFlow(actor, await makeApiClient(rig, actor))
}

/** Lets a process of its own finish the flow; the promise is of interest only while that process lives. */
function completeIn(child: Child, { actor, apiClient, started }: Flow, address: string): Promise<readonly string[]> {
  const asked = child.ask({ do: 'complete', actor, address, apiClientId: apiClient.id, browserToken: started.browserToken })
  asked.catch(() => undefined)
  return asked
}

const statusOf = (flow: Flow) => getAuthorization(flow.actor.viewer, flow.started.authorizationId)
const connectionsOf = (flow: Flow) => db().connection.findMany({ where: { organizationId: flow.actor.viewer.organizationId } })

/** What other processes do when enough time has passed. */
async function timePasses(): Promise<void> {
  clock.advance(3 * 60_000)
  await settleRound()
}

describe('a process that is killed', () => {
  test('between the journal and the connection loses nothing: another one connects', async () => {
    for (let round = 0; round < 2; round += 1) {
      const flow = await makeFlow()
      const address = await decide(rig, flow)
      const child = await children.start()
      await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: flow.apiClient.clientId, kind: 'no-answer' })
      void completeIn(child, flow, address)
      await until(async () => expect(await db().grantJournal.count({ where: { authorizationId: flow.started.authorizationId } })).toBe(1))
      await child.kill()
      sandbox.control.faults.clear()
      expect(await connectionsOf(flow)).toEqual([])
      expect(await statusOf(flow)).toMatchObject({ status: 'working' })
      await timePasses()
      expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
      const [connection, ...others] = await connectionsOf(flow)
      expect(others).toEqual([])
      expect(await inspectStored(rig, connection?.id ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
    }
  })

  test('before the answer came leaves a flow that ends as expired, and the next consent connects', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow)
    const child = await children.start()
    await sandbox.control.faults.add({ endpoint: 'identity/token', clientId: flow.apiClient.clientId, kind: 'no-answer', when: 'after' })
    void completeIn(child, flow, address)
    await until(() => expect(sandbox.truthLog({ type: 'code.redeemed', clientId: flow.apiClient.clientId })).toHaveLength(1))
    await child.kill()
    sandbox.control.faults.clear()
    await timePasses()
    expect(await statusOf(flow)).toMatchObject({ status: 'failed', failure: 'code_expired' })
    expect(await connectionsOf(flow)).toEqual([])
    const again = await startFlow(flow.actor, flow.apiClient)
    expect(await arrive(again, await decide(rig, again))).toMatchObject({ outcome: 'connected' })
  })

  test('at any moment leaves no flow half-made: each is connected with the live tokens, or over with its reason', async () => {
    const [rounds, atOnce] = [6, 4]
    const flows: Flow[] = []
    let child = await children.start()
    for (let round = 0; round < rounds; round += 1) {
      const started = await Promise.all(Array.from({ length: atOnce }, makeFlow))
      flows.push(...started)
      const addresses = await Promise.all(started.map((flow) => decide(rig, flow)))
      const next = children.start()
      for (const [index, flow] of started.entries()) void completeIn(child, flow, addresses[index] ?? '')
      // From before the states are consumed until after everything is saved.
      await new Promise((resolve) => setTimeout(resolve, (round * 200) / rounds))
      await child.kill()
      child = await next
    }
    await timePasses()
    clock.advance(10 * 60_000)
    const endings: string[] = []
    for (const flow of flows) {
      const { status, failure, connectionId } = await statusOf(flow)
      const connections = await connectionsOf(flow)
      expect(connections.map(({ id }) => id)).toEqual(connectionId === null ? [] : [connectionId])
      expect(connectionId === null ? null : await inspectStored(rig, connectionId)).toEqual(
        connectionId === null ? null : { access: 'live', refresh: 'live', accommodations: ['324410'] },
      )
      endings.push(failure ?? status)
    }
    expect(endings.filter((ending) => !['connected', 'code_expired', 'expired'].includes(ending))).toEqual([])
    expect(await db().grantJournal.count({ where: { state: 'received' } })).toBe(0)
  }, 60_000)
})
