import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db } from '../db'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { getConnection } from './get-connection'
import { checkContacts, importContacts } from './import-contacts'

const rig = await openRig()
const { clock } = rig
const actor = await makeActor()
const apiClients = [await makeApiClient(rig, actor), await makeApiClient(rig, actor)]

async function plant(identity: string, { client = 0, state = 'connected' }: { client?: number; state?: 'connected' | 'disconnected' } = {}): Promise<string> {
  const id = randomUUID()
  await db().connection.create({
    data: {
      id, organizationId: actor.viewer.organizationId, apiClientId: apiClients[client]?.id ?? '', name: identity, identity, searchText: identity, environment: 'SANDBOX', state,
      origin: 'code', stateSince: clock.date, accessIssuedAt: clock.date, accessExpiresAt: clock.date, expirySource: 'both', lastRefreshAt: clock.date,
      contactName: 'Old name', contactPhone: '+39 06 1',
    },
  })
  return id
}

const contactOf = async (id: string) => (await getConnection(actor.viewer, id)).contact

test('a dry run says what would become of each line and changes nothing; the import does just that, and twice is once', async () => {
  const [own, network, twice] = [await plant('property:1001'), await plant('network:2001'), await plant('property:3001')]
  await plant('property:3001', { client: 1 })
  const text = [
    'property id,connection id,name,email,phone,language',
    '1001,,Anna,anna@one.example,,it',
    '2001,,,net@two.example,,',
    `,${own},Again,,,`,
    '3001,,Bea,,,',
    `3001,${twice},Bea,,,`,
    `1001,${network},Bea,,,`,
    '9999,,Bea,,,',
    '1001,,Bea,bad,,',
  ].join('\n')
  const checked = await checkContacts(actor.viewer, text)
  expect(checked.lines.map(({ number, verdict, fault, column, of }) => [number, verdict, fault, column, of])).toEqual([
    [2, 'changed', null, null, null],
    [3, 'changed', null, null, null],
    [4, 'malformed', 'duplicate_line', 2, 2],
    [5, 'malformed', 'several_connections', 1, null],
    [6, 'changed', null, null, null],
    [7, 'malformed', 'ids_differ', 2, null],
    [8, 'malformed', 'unknown_property', 1, null],
    [9, 'malformed', 'email_malformed', 4, null],
  ])
  expect(checked.counts).toEqual({ changed: 3, unchanged: 0, malformed: 5 })
  expect(await contactOf(own)).toMatchObject({ name: 'Old name', email: null })
  expect(await importContacts(actor, text)).toEqual(checked)
  expect(await contactOf(own)).toEqual({ name: 'Anna', email: 'anna@one.example', language: 'it', phone: '+39 06 1' })
  expect(await contactOf(network)).toEqual({ name: 'Old name', email: 'net@two.example', language: null, phone: '+39 06 1' })
  expect((await importContacts(actor, text)).counts).toEqual({ changed: 0, unchanged: 3, malformed: 5 })
  const proofs = await db().auditEvent.findMany({ where: { action: 'connection.contact_changed' }, select: { targetId: true } })
  expect(proofs.map(({ targetId }) => targetId).toSorted()).toEqual([own, network, twice].toSorted())
})

test('a property that was disconnected is met only where no living connection has it', async () => {
  const [living] = [await plant('property:4001'), await plant('property:4001', { client: 1, state: 'disconnected' })]
  const gone = await plant('property:5001', { state: 'disconnected' })
  const { lines } = await checkContacts(actor.viewer, 'id,name\n4001,Anna\n5001,Anna')
  expect(lines.map(({ connection }) => connection?.id)).toEqual([living, gone])
})
