import { expect, test } from 'vitest'
import { db } from '../db'
import { chooseProperties } from './choose-properties'
import { getConnection } from './get-connection'
import { connect, ROSSI_NETWORK } from '../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'

const rig = await openRig()

async function makeNetwork() {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  return { actor, apiClient, id: await connect(rig, { actor, apiClient }, ROSSI_NETWORK) }
}

const linkedOf = async (actor: Awaited<ReturnType<typeof makeActor>>, id: string) =>
  (await getConnection(actor.viewer, id)).properties.filter((property) => property.linked).map((property) => property.upstreamId)

test('links every covered property at first, because that is what the hotelier consented to', async () => {
  const { actor, id } = await makeNetwork()
  expect(await linkedOf(actor, id)).toHaveLength(9)
})

test('keeps the choice when the network is connected again, and records who chose', async () => {
  const { actor, apiClient, id } = await makeNetwork()
  const [first = '', second = ''] = await linkedOf(actor, id)
  await chooseProperties(actor, id, { linked: [first, second] })
  await connect(rig, { actor, apiClient }, ROSSI_NETWORK)
  expect((await linkedOf(actor, id)).toSorted()).toEqual([first, second].toSorted())
  expect(await db().auditEvent.count({ where: { action: 'connection.properties_chosen', targetId: id, actorId: actor.viewer.userId } })).toBe(1)
})

test('refuses a property that the token does not cover, and changes nothing', async () => {
  const { actor, id } = await makeNetwork()
  const [first = ''] = await linkedOf(actor, id)
  await expect(chooseProperties(actor, id, { linked: [first, '999999'] })).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await linkedOf(actor, id)).toHaveLength(9)
})

test('does not see another organization\'s connection', async () => {
  const { id } = await makeNetwork()
  await expect(chooseProperties(await makeActor(), id, { linked: ['310046'] })).rejects.toMatchObject({ code: 'not_found' })
})
