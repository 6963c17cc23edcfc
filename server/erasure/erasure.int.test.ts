import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { db } from '../db'
import { queueMail } from '../mail/queue-mail'
import { transaction } from '../database/transaction'
import { dumpDatabase } from '../../tests/database-dump'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { askToken, makeMachineSetting } from '../../tests/machine-setting'
import { openMachineFront } from '../../tests/machine-front'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { createInvitation } from '../invitations/create-invitation'
import { disconnectConnection } from '../connections/disconnect-connection'
import { makeFresh } from '../../tests/make-fresh'
import { placeFreeze } from '../freezes/place-freeze'
import { personActor } from '../imports/import-actor'
import { getKeyMigration } from '../key-migrations/get-key-migration'
import { listKeyLines } from '../key-migrations/list-key-lines'
import { startKeyMigration } from '../key-migrations/start-key-migration'
import { erasePerson } from './erase-person'
import { eraseProperty } from './erase-property'
import { runErasure } from './run-erasure'

const rig = await openRig()
const front = await openMachineFront()

const hits = async (text: string) => (await dumpDatabase(rig.database)).toLowerCase().split(text.toLowerCase()).length - 1
const meant = { isMeant: true }

describe('a colleague', () => {
  test('is found nowhere in the database afterwards, and the audit log says by an id what they did', async () => {
    const owner = await makeActor()
    const person = await makeColleague(owner, 'developer')
    const [email, name] = [`zoe.quarantotto.${randomUUID().slice(0, 8)}@hotel-software.example`, `Zoë Quarantotto ${randomUUID().slice(0, 8)}`]
    await db().user.update({ where: { id: person.viewer.userId }, data: { email, name } })
    await makeFresh(person)
    await makeFresh(owner)
    await createInvitation(owner, { email: `other.${email}`, asRole: 'viewer', password: '' })
    await db().alertSettings.create({ data: { organizationId: owner.viewer.organizationId, addresses: [email.toUpperCase(), 'desk@hotel-software.example'] } })
    const apiClient = await makeApiClient(rig, owner)
    await db().webhookEndpoint.create({
      data: { organizationId: owner.viewer.organizationId, kind: 'signed', name: 'Back end', urlSealed: 'sealed', urlOrigin: 'https://x.example', events: ['hand_outs.frozen'], createdByUserId: owner.viewer.userId, createdAt: new Date() },
    })
    await placeFreeze({ ...person, viewer: { ...person.viewer, name, email } }, { kind: 'api_client', targetId: apiClient.id, reason: 'A laptop is gone' })
    expect(await db().webhookDelivery.count({ where: { organizationId: owner.viewer.organizationId, body: { contains: name } } })).toBe(1)
    expect(await hits(name)).toBeGreaterThan(0)
    const trial = await runErasure((tx) => erasePerson(tx, email), { isMeant: false })
    expect(trial.filter(({ rows }) => rows > 0).length).toBeGreaterThan(0)
    expect(await hits(name)).toBeGreaterThan(0)
    expect(await runErasure((tx) => erasePerson(tx, email), meant)).toEqual(trial)
    // An address that only ends like theirs is somebody else's.
    expect([await hits(name), (await hits(email)) - (await hits(`other.${email}`))]).toEqual([0, 0])
    expect(await hits(`other.${email}`)).toBeGreaterThan(0)
    expect(await hits('desk@hotel-software.example')).toBe(1)
    expect(await db().auditEvent.count({ where: { action: 'person.erased', targetId: person.viewer.userId } })).toBe(1)
  })

  test('who is the only owner stays, because nobody could let anybody in any more', async () => {
    const owner = await makeActor()
    expect(await refusalOf(runErasure((tx) => erasePerson(tx, owner.viewer.email), meant))).toBe('last_owner')
    expect(await hits(owner.viewer.email)).toBeGreaterThan(0)
  })
})

describe('a hotelier', () => {
  test('is found nowhere afterwards: not as contact, not as who consented, not as recipient', async () => {
    const setting = await makeMachineSetting(rig)
    const { organizationId, userId } = setting.actor.viewer
    const [email, name] = ['Ottavia.Zambon@villa-zambon.example', 'Ottavia Zambon-Quattrocchi']
    await db().connection.updateMany({
      where: { id: setting.connectionId },
      data: { contactName: name, contactEmail: email, contactPhone: '+39 041 5550199', consentedByName: name, consentedByEmail: email.toLowerCase() },
    })
    await transaction((tx) => queueMail(tx, { organizationId, to: email, subject: 'Reconnect', text: 'Hello', kind: 'link' }))
    await db().invitation.create({
      data: {
        organizationId, email: email.toLowerCase(), role: 'viewer', tokenDigest: randomUUID(), createdByUserId: userId, createdAt: new Date(), expiresAt: new Date(),
      },
    })
    await db().operation.create({
      data: {
        organizationId, apiClientId: setting.apiClient.id, call: 'userInfo', method: 'GET', url: 'https://api.example/me', at: new Date(), durationMs: 5,
        messages: [`No right for ${email}`], exchange: { response: { body: `{"name":"${name}","email":"${email}"}` } },
      },
    })
    await runErasure((tx) => erasePerson(tx, email.toLowerCase()), meant)
    expect([await hits(email), await hits(name), await hits('5550199')]).toEqual([0, 0, 0])
    // Their property goes on.
    expect((await askToken(front, setting)).status).toBe(200)
  })
})

describe('a property', () => {
  test('is found nowhere afterwards by its name, its contact or its tokens, and nobody gets a token of it', async () => {
    const setting = await makeMachineSetting(rig)
    const other = await makeMachineSetting(rig)
    const { connectionId, actor } = setting
    const { organizationId } = actor.viewer
    const [propertyId, name] = [`9${Date.now()}`, 'Palazzo Quarantotto sul Canale']
    const sealed = await db().connection.findUniqueOrThrow({ where: { id: connectionId } })
    await db().connection.update({
      where: { id: connectionId },
      data: { name, identity: `property:${propertyId}`, searchText: name.toLowerCase(), contactName: 'Ludovica Quarantotto', contactEmail: 'ludovica@palazzo.example' },
    })
    await db().property.updateMany({ where: { connectionId }, data: { name, upstreamId: propertyId } })
    await db().property.create({ data: { organizationId: other.actor.viewer.organizationId, connectionId: other.connectionId, upstreamId: propertyId, name } })
    await db().alert.create({ data: { organizationId, type: 'connection.reconnect_required', aboutKind: 'connection', aboutId: connectionId, name, data: { name }, at: new Date() } })
    await db().recordedCalls.create({ data: { organizationId, apiClientId: setting.apiClient.id, act: 'properties', at: new Date(), exchanges: [{ body: `"${name}"` }] } })
    await db().incident.create({ data: { organizationId, kind: 'drill', summary: `Somebody read ${name}`, openedByUserId: actor.viewer.userId, openedAt: new Date() } })
    await askToken(front, setting)
    await disconnectConnection(actor, connectionId)
    await runErasure((tx) => eraseProperty(tx, propertyId), { isMeant: false })
    expect(await hits(name)).toBeGreaterThan(0)
    const parts = await runErasure((tx) => eraseProperty(tx, propertyId), meant)
    expect([await hits(name), await hits('Ludovica'), await hits(sealed.refreshTokenSealed ?? 'none')]).toEqual([0, 0, 0])
    expect(parts.find(({ stays }) => stays)?.rows).toBe(0)
    expect((await askToken(front, setting)).status).toBe(404)
    expect((await askToken(front, other)).status).toBe(200)
    expect(await db().auditEvent.count({ where: { action: 'property.erased', targetId: connectionId } })).toBe(1)
  })

  test('is not counted any more by a migration that it was a line of', async () => {
    const { actor, apiClient, connectionId } = await makeMachineSetting(rig)
    await db().connection.update({ where: { id: connectionId }, data: { identity: 'property:6611' } })
    const lines = ['6611', '6612', '6613'].map((propertyId, index) => ({ number: index + 1, key: `sbx_legacy_${propertyId}_f3a91c`, propertyId }))
    const id = await startKeyMigration(personActor(actor), { apiClientId: apiClient.id, name: 'Old hotels', perSecond: null, lines })
    await runErasure((tx) => eraseProperty(tx, '6611'), meant)
    const { total, counts } = await getKeyMigration(personActor(actor), id)
    const page = await listKeyLines(personActor(actor), id, { offset: 0, limit: 10 })
    expect([total, counts.pending, page.total, page.items.map(({ propertyId }) => propertyId)]).toEqual([2, 2, 2, ['6612', '6613']])
  })

  test('of the same name as another’s leaves the other one its name', async () => {
    const [one, two] = [await makeMachineSetting(rig), await makeMachineSetting(rig)]
    const name = 'Albergo Quattro Fontane'
    await db().connection.updateMany({ where: { id: { in: [one.connectionId, two.connectionId] } }, data: { name } })
    await db().connection.update({ where: { id: one.connectionId }, data: { identity: 'property:8811' } })
    await runErasure((tx) => eraseProperty(tx, '8811'), meant)
    expect((await db().connection.findUniqueOrThrow({ where: { id: two.connectionId } })).name).toBe(name)
    expect(await db().connection.count({ where: { id: one.connectionId } })).toBe(0)
  })

  test('is let alone while its token is being refreshed, because the answer would come back to nothing', async () => {
    const setting = await makeMachineSetting(rig)
    await rig.database.sql("UPDATE connections SET identity = 'property:7711', lease_until = clock_timestamp() + interval '30 seconds' WHERE id = $1", [setting.connectionId])
    await expect(runErasure((tx) => eraseProperty(tx, '7711'), meant)).rejects.toThrow('being asked for a token')
    expect(await db().connection.count({ where: { id: setting.connectionId } })).toBe(1)
  })
})
