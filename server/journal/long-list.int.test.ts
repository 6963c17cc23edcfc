import { expect, test } from 'vitest'
import { getConnection } from '../connections/get-connection'
import { db } from '../db'
import { connect } from '../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'

/** One more than the pages that are read, at one property a page. */
const ids = Array.from({ length: 201 }, (_, index) => String(700_001 + index))
const place = { currency: 'EUR', timeZone: 'Europe/Rome', city: 'Bologna', country: 'IT', zip: '40121', latitude: 44.4949, longitude: 11.3426 }
const rig = await openRig({
  seed: {
    apiClients: [],
    accommodations: ids.map((id) => ({ id, name: `Hotel Stella ${id}`, ...place })),
    networks: [{ id: '700000', name: 'Stella Group', root: '700001', accommodations: ids }],
    hoteliers: [
      { username: 'paola.stella', password: 'hotel', name: 'Paola Stella', email: 'paola@stella.example', accommodations: ids, network: '700000' },
    ],
  },
})
const PAOLA = { username: 'paola.stella', network: true }

test('a list that is longer than Keyrack reads is kept and marked, and whole again with the next consent', async () => {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  await rig.sandbox.control.settings.set({ pageSize: 1 })
  const id = await connect(rig, { actor, apiClient }, PAOLA)
  const cut = await getConnection(actor.viewer, id)
  expect([cut.properties.length, cut.propertiesComplete]).toEqual([200, false])
  expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })

  await rig.sandbox.control.settings.set({ pageSize: 50 })
  expect(await connect(rig, { actor, apiClient }, PAOLA)).toBe(id)
  const whole = await getConnection(actor.viewer, id)
  expect([whole.properties.length, whole.propertiesComplete]).toEqual([201, true])
  expect(await db().connection.count({ where: { organizationId: actor.viewer.organizationId } })).toBe(1)
})
