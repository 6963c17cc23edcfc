import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CampaignDetail, RecipientCounts } from '@/contracts/campaigns'
import { RECIPIENT_STATES } from '@/lib/campaigns/recipient-state'
import { checkContacts, importContacts } from '../connections/import-contacts'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { createReconnectLinks } from '../links/create-reconnect-links'
import { revokeLink } from '../links/revoke-link'
import { sendMail } from '../mail/send-mail'
import { getRuntime, setRuntime } from '../runtime'
import { connect, EIGHT_CONSENTS, ROSSI_NETWORK, type Hotelier } from '../../tests/consent-flow'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeApiClient, makeColleague, type TestApiClient } from '../../tests/factories'
import { openMailServer, type MailServer } from '../../tests/mail-server'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { Visitor } from '../../tests/visitor'
import { getCampaign } from './get-campaign'
import { exportPhoneList, getPhoneList } from './get-phone-list'
import { listCampaigns } from './list-campaigns'
import { listRecipients } from './list-recipients'
import { makeRecipientCode } from './make-recipient-code'
import { checkCampaign, startCampaign } from './start-campaign'
import { stopCampaign } from './stop-campaign'
import { takeCampaignFile } from './take-campaign-file'
import { campaignRound } from './watch-campaigns'

const rig = await openRig()
const { clock, database } = rig
const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
const WISH = { name: 'After the outage', reason: 'Octorate cancelled the grants', ticket: 'T-4711', language: 'en', life: '7d', channel: 'mail' } as const

let server: MailServer
const configure = () =>
  setRuntime({ ...rig.runtime, env: { ...rig.runtime.env, KEYRACK_SMTP_URL: server.url, KEYRACK_MAIL_FROM: 'Keyrack <keyrack@example.com>' } })
beforeEach(async () => {
  server = await openMailServer()
  configure()
})
afterEach(async () => {
  await server.close()
  setRuntime(rig.runtime)
  // What one test began is nothing to the next.
  await database.sql('DELETE FROM graphile_worker._private_jobs')
  await database.sql('DELETE FROM campaigns')
  await database.sql('DELETE FROM mails')
})

interface Place {
  readonly actor: Actor
  readonly apiClient: TestApiClient
}

async function makePlace(): Promise<Place> {
  const actor = await makeActor()
  return { actor, apiClient: await makeApiClient(rig, actor) }
}

let numbers = 900_000
/** A connection that needs its hotelier, by data. */
async function plant({ actor, apiClient }: Place, data: Partial<Prisma.ConnectionUncheckedCreateInput> = {}): Promise<{ id: string; propertyId: string }> {
  const [id, propertyId] = [randomUUID(), String((numbers += 1))]
  const name = data.name ?? `Hotel ${propertyId}`
  await db().connection.create({
    data: {
      id, organizationId: actor.viewer.organizationId, apiClientId: apiClient.id, name, identity: `property:${propertyId}`, searchText: `${name.toLowerCase()}\n${propertyId}`,
      environment: 'SANDBOX', origin: 'code', state: 'reconnect_required', stateSince: clock.date, accessIssuedAt: clock.date,
      accessExpiresAt: new Date(clock.at + DAY_MS), expirySource: 'both', lastRefreshAt: clock.date, nextRefreshAt: null,
      contactEmail: `reception@${propertyId}.example`, contactName: `Anna ${propertyId}`, contactPhone: '+39 06 1234', ...data,
    },
  })
  return { id, propertyId }
}

const start = (actor: Actor, ids: readonly string[], wish: Partial<Parameters<typeof startCampaign>[1]> = {}) => {
  clock.advance(1_000)
  return startCampaign(actor, { ...WISH, selection: { connectionIds: [...ids] }, ...wish })
}

/** Sends every mail that waits, as the jobs would. */
async function deliver(): Promise<void> {
  const queued = await db().mail.findMany({ where: { state: 'queued', nextTryAt: { lte: clock.date } }, select: { id: true } })
  for (const { id } of queued) await sendMail(id)
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await campaignRound()
  await deliver()
}

const linkIn = (text: string) => /http[^"\s]+\/link\/[\w-]{43}/.exec(text)?.[0] ?? ''
const mailsTo = (address: string) => server.received.filter(({ to }) => to.includes(address))
const links = () => server.received.map(({ text }) => linkIn(text))
const countsOf = (given: Partial<RecipientCounts>) => ({ ...Object.fromEntries(RECIPIENT_STATES.map((state) => [state, 0])), ...given })
const countsNow = async ({ viewer }: Actor, { id }: Pick<CampaignDetail, 'id'>) => (await getCampaign(viewer, id)).counts
const stateOf = async ({ viewer }: Actor, id: string, connectionId: string) =>
  (await listRecipients(viewer, id, { page: 1 })).items.find(({ connection }) => connection.id === connectionId)?.state

async function walk(address: string, hotelier: Hotelier): Promise<Visitor> {
  const visitor = new Visitor(rig)
  await visitor.open(address)
  await visitor.consent(hotelier)
  return visitor
}

test('fifty hoteliers, three refusals, two bounces: every count is right at every step, and together they are fifty', { timeout: 120_000 }, async () => {
  const place = await makePlace()
  const { actor } = place
  const real: { id: string; hotelier: Hotelier; address: string }[] = []
  for (const [index, hotelier] of EIGHT_CONSENTS.entries()) {
    real.push({ id: await connect(rig, place, hotelier), hotelier, address: `owner${index}@real.example` })
  }
  await db().connection.updateMany({ where: { id: { in: real.map(({ id }) => id) } }, data: { state: 'reconnect_required', stateSince: clock.date } })
  const planted: { id: string; propertyId: string }[] = []
  for (let index = 0; index < 42; index += 1) planted.push(await plant(place, { contactEmail: null, contactName: null }))
  const [throttled, gone] = [await plant(place, { state: 'refresh_failing', cause: 'quota' }), await plant(place, { state: 'disconnected' })]

  const nobody = planted.slice(0, 3)
  const lines = [
    ...real.map(({ hotelier, address }) => `${hotelier.properties?.[0]},Owner,${address},,it`),
    ...planted.slice(3).map(({ propertyId }) => `${propertyId},Anna,reception@${propertyId}.example,+39 06 1,de`),
  ]
  expect((await importContacts(actor, `property id,name,mail,phone,language\n${lines.join('\n')}`)).counts).toEqual({ changed: 47, unchanged: 0, malformed: 0 })

  const { id: apiClient } = place.apiClient
  expect(await checkCampaign(actor.viewer, { filter: { apiClient } })).toMatchObject({ chosen: 52, total: 50, withoutAddress: 3, sendsMail: true })
  clock.advance(1_000)
  const campaign = await startCampaign(actor, { ...WISH, selection: { filter: { apiClient } } })
  expect(campaign).toMatchObject({ state: 'running', total: 50, leftOut: 2, counts: countsOf({ waiting: 47, no_address: 3 }) })
  expect(campaign.leftOutConnections.map(({ connection, reason, cause }) => [connection.id, reason, cause]).toSorted()).toEqual(
    [[throttled.id, 'hotelier_cannot_help', 'quota'], [gone.id, 'disconnected', null]].toSorted(),
  )

  const bouncing = planted.slice(3, 5).map(({ propertyId }) => `reception@${propertyId}.example`)
  server.refuse = (address) => (bouncing.includes(address) ? { code: 550, text: '5.1.1 unknown' } : null)
  await pass(0)
  expect(server.received).toHaveLength(45)
  expect(mailsTo('owner0@real.example')[0]?.text).toMatch(/^Buongiorno|^Gentile|Owner/)
  expect(mailsTo(`reception@${planted[7]?.propertyId}.example`)[0]?.text).toContain('Octorate')
  expect(await countsNow(actor, campaign)).toEqual(countsOf({ mailed: 45, bounced: 2, no_address: 3 }))

  for (const { hotelier, address } of real.slice(0, 3)) await walk(linkIn(mailsTo(address)[0]?.text ?? ''), { ...hotelier, approve: false })
  for (const { hotelier, address } of real.slice(3, 6)) await walk(linkIn(mailsTo(address)[0]?.text ?? ''), hotelier)
  const [, , , , , , stray, walking] = real
  await walk(linkIn(mailsTo(stray?.address ?? '')[0]?.text ?? ''), ROSSI_NETWORK)
  const visitor = new Visitor(rig)
  await visitor.open(linkIn(mailsTo(walking?.address ?? '')[0]?.text ?? ''))
  await visitor.press()
  expect(await countsNow(actor, campaign)).toEqual(countsOf({ mailed: 37, opened: 1, refused: 3, connected: 3, wrong_property: 1, bounced: 2, no_address: 3 }))
  expect((await listRecipients(actor.viewer, campaign.id, { state: 'refused', page: 1 })).total).toBe(3)

  await pass(DAY_MS)
  expect(server.received).toHaveLength(45 + 38)
  for (const { address } of real.slice(0, 7)) expect(mailsTo(address)).toHaveLength(1)
  expect((await getPhoneList(actor.viewer, campaign.id)).items.map(({ reason }) => reason).toSorted()).toEqual(['bounced', 'bounced', 'no_address', 'no_address', 'no_address'])
  await pass(2 * DAY_MS)
  expect(server.received).toHaveLength(45 + 2 * 38)
  await pass(DAY_MS)
  expect(server.received).toHaveLength(45 + 2 * 38)
  const end = await getCampaign(actor.viewer, campaign.id)
  expect(end.counts).toEqual(countsOf({ mailed: 38, refused: 3, connected: 3, wrong_property: 1, bounced: 2, no_address: 3 }))
  expect([end.nextMailAt, end.toCall, Object.values(end.counts).reduce((sum, count) => sum + count)]).toEqual([null, 43, 50])
  const { text } = await exportPhoneList(actor.viewer, campaign.id)
  expect(text.split('\r\n')).toHaveLength(45)
  expect(nobody.every(({ propertyId }) => text.includes(`"${propertyId}"`))).toBe(true)

  await pass(7 * DAY_MS)
  expect(await getCampaign(actor.viewer, campaign.id)).toMatchObject({ state: 'finished', counts: { expired: 38, connected: 3 } })

  const tokens = [...new Set(links())].map((link) => link.split('/').at(-1) ?? '')
  expect(tokens.length).toBe(46)
  expect(findSecrets(await dumpDatabase(database), tokens)).toEqual([])
  expect(findSecrets(rig.logs(), tokens)).toEqual([])
})

describe('a reminder', () => {
  test('holds the same link while nobody opened it, so that every mail in a mailbox leads somewhere', async () => {
    const place = await makePlace()
    const { id } = await plant(place)
    await start(place.actor, [id])
    await pass(0)
    await pass(DAY_MS)
    await pass(2 * DAY_MS)
    expect(new Set(links()).size).toBe(1)
    expect(server.received.map(({ text }) => text.includes('This is a reminder'))).toEqual([false, true, true])
    expect(await db().link.count({ where: { connectionId: id } })).toBe(1)
  })

  test('holds a new link once the first is over, opened, or was sent to another address; then the first is of no use', async () => {
    const place = await makePlace()
    const [short, opened, moved] = [await plant(place), await plant(place), await plant(place)]
    await start(place.actor, [short.id], { life: '24h' })
    await start(place.actor, [opened.id, moved.id])
    await pass(0)
    const linkOf = (propertyId: string, index: number) => linkIn(mailsTo(`reception@${propertyId}.example`)[index]?.text ?? '')
    const visitor = new Visitor(rig)
    await visitor.open(linkOf(opened.propertyId, 0))
    await visitor.press()
    await importContacts(place.actor, `id,email\n${moved.propertyId},new@${moved.propertyId}.example`)
    await pass(DAY_MS + 2_000)
    for (const { propertyId } of [short, opened]) {
      expect(linkOf(propertyId, 1)).not.toBe(linkOf(propertyId, 0))
      expect((await new Visitor(rig).open(linkOf(propertyId, 0))).status).toBe(410)
      expect((await new Visitor(rig).open(linkOf(propertyId, 1))).status).toBe(200)
    }
    const [fresh] = mailsTo(`new@${moved.propertyId}.example`)
    expect(linkIn(fresh?.text ?? '')).not.toBe(linkOf(moved.propertyId, 0))
    expect((await new Visitor(rig).open(linkOf(moved.propertyId, 0))).status).toBe(410)
  })

  test('goes out once, though two processes look at once and one dies between link and mail', async () => {
    const place = await makePlace()
    const { id, propertyId } = await plant(place)
    const { id: campaignId } = await start(place.actor, [id])
    await pass(0)
    clock.advance(DAY_MS)
    const blocker = new pg.Client({ connectionString: database.ownerUrl })
    await blocker.connect()
    await blocker.query('BEGIN')
    await blocker.query('LOCK TABLE mails IN ACCESS EXCLUSIVE MODE')
    const dying = campaignRound().then(() => 'lived', () => 'died')
    await until(async () => {
      const killed = await database.sql<{ done: boolean }>(
        `SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE '%mails%'`,
      )
      expect(killed.length).toBeGreaterThan(0)
    })
    expect(await dying).toBe('died')
    await blocker.query('ROLLBACK')
    await blocker.end()
    expect(await db().mail.count({ where: { kind: 'campaign_reminder', recipient: `reception@${propertyId}.example` } })).toBe(0)
    await Promise.all([campaignRound(), campaignRound(), rig.asAnotherProcess(() => Promise.all([campaignRound(), campaignRound()]), { env: getRuntime().env })])
    configure()
    await deliver()
    expect(mailsTo(`reception@${propertyId}.example`)).toHaveLength(2)
    expect((await listRecipients(place.actor.viewer, campaignId, { page: 1 })).items).toMatchObject([{ mails: 2, state: 'mailed' }])
  })

  test('is not sent to whoever consented by another way, while the mail before is still on its way, or while no hotelier can help', async () => {
    const place = await makePlace()
    const [hotelier] = EIGHT_CONSENTS
    const elsewhere = await connect(rig, place, hotelier)
    await db().connection.update({ where: { id: elsewhere }, data: { contactEmail: 'elsewhere@hotel.example' } })
    const [stuck, throttled] = [await plant(place), await plant(place)]
    const { id } = await start(place.actor, [elsewhere, stuck.id, throttled.id])
    await campaignRound()
    await connect(rig, place, hotelier)
    expect(await stateOf(place.actor, id, elsewhere)).toBe('connected')
    await db().mail.updateMany({ where: { recipient: { not: `reception@${stuck.propertyId}.example` } }, data: { state: 'sent' } })
    await db().connection.update({ where: { id: throttled.id }, data: { state: 'refresh_failing', cause: 'upstream_unreachable' } })
    clock.advance(DAY_MS)
    await campaignRound()
    expect(await db().mail.count({ where: { kind: 'campaign_reminder' , organizationId: place.actor.viewer.organizationId } })).toBe(0)
    await db().connection.update({ where: { id: throttled.id }, data: { state: 'reconnect_required' } })
    await pass(HOUR_MS)
    await pass(HOUR_MS)
    for (const { propertyId } of [stuck, throttled]) {
      expect(await db().mail.count({ where: { kind: 'campaign_reminder', recipient: `reception@${propertyId}.example` } })).toBe(1)
    }
  })
})

describe('a stop', () => {
  test('ends the links that nobody opened and the reminders, takes back mails that wait, and lets whoever walks finish', async () => {
    const place = await makePlace()
    const [hotelier] = EIGHT_CONSENTS
    const walking = await connect(rig, place, hotelier)
    await db().connection.update({ where: { id: walking }, data: { contactEmail: 'walking@hotel.example' } })
    const [mailed, waiting] = [await plant(place), await plant(place)]
    const { id } = await start(place.actor, [walking, mailed.id, waiting.id])
    await campaignRound()
    const unsent = await db().mail.findFirstOrThrow({ where: { recipient: `reception@${waiting.propertyId}.example` } })
    for (const { id: mailId } of await db().mail.findMany({ where: { id: { not: unsent.id }, state: 'queued' } })) await sendMail(mailId)
    const visitor = new Visitor(rig)
    await visitor.open(linkIn(mailsTo('walking@hotel.example')[0]?.text ?? ''))
    const { location } = await visitor.press()
    clock.advance(1_000)
    const stopped = await stopCampaign(place.actor, id)
    expect(stopped).toMatchObject({ state: 'stopped', stoppedBy: place.actor.viewer.name, counts: countsOf({ stopped: 2, opened: 1 }), nextMailAt: null, toCall: 0 })
    expect(await db().mail.findUniqueOrThrow({ where: { id: unsent.id } })).toMatchObject({ state: 'withdrawn' })
    expect((await new Visitor(rig).open(linkIn(mailsTo(`reception@${mailed.propertyId}.example`)[0]?.text ?? ''))).text).toContain('withdrawn')
    await visitor.comeBack(await visitor.decide(location ?? '', hotelier ?? {} as Hotelier))
    expect(await stateOf(place.actor, id, walking)).toBe('connected')
    const before = server.received.length
    await sendMail(unsent.id)
    for (let day = 0; day < 5; day += 1) await pass(DAY_MS)
    expect(server.received).toHaveLength(before)
    expect(await refusalOf(stopCampaign(place.actor, id))).toBe('campaign_over')
  })

  test('at the same instant as the round leaves no mail that goes out and no link that lives', async () => {
    for (let round = 0; round < 10; round += 1) {
      const place = await makePlace()
      const ids = [(await plant(place)).id, (await plant(place)).id]
      const { id } = await start(place.actor, ids)
      await Promise.all([campaignRound(), stopCampaign(place.actor, id), campaignRound()])
      await campaignRound()
      expect(await db().link.count({ where: { connectionId: { in: ids }, state: 'created' } })).toBe(0)
      expect(await db().mail.count({ where: { organizationId: place.actor.viewer.organizationId, state: 'queued' } })).toBe(0)
      expect(await countsNow(place.actor, { id })).toEqual(countsOf({ stopped: 2 }))
    }
  })
})

describe('whom a campaign asks', () => {
  test('is nobody twice: a connection of a running campaign is left out of another, also of one begun at once', async () => {
    const place = await makePlace()
    const { id } = await plant(place)
    clock.advance(1_000)
    const begin = () => startCampaign(place.actor, { ...WISH, selection: { connectionIds: [id] } }).then(() => 'begun', (error: { code: string }) => error.code)
    expect((await Promise.all([begin(), begin(), begin()])).toSorted()).toEqual(['begun', 'campaign_empty', 'campaign_empty'])
    const [campaign] = (await listCampaigns(place.actor.viewer, { page: 1 })).items
    clock.advance(1_000)
    await stopCampaign(place.actor, campaign?.id ?? '')
    expect(await begin()).toBe('begun')
  })

  test('is mailed as soon as an address is known, and is called until then', async () => {
    const place = await makePlace()
    const { id, propertyId } = await plant(place, { contactEmail: null })
    const campaign = await start(place.actor, [id])
    await pass(0)
    expect((await getPhoneList(place.actor.viewer, campaign.id)).items).toMatchObject([{ reason: 'no_address', connection: { id } }])
    await importContacts(place.actor, `property id;email\n${propertyId};anna@found.example`)
    await pass(HOUR_MS)
    expect(mailsTo('anna@found.example')).toHaveLength(1)
    expect(await countsNow(place.actor, campaign)).toEqual(countsOf({ mailed: 1 }))
  })

  test('gets a phone code on demand: of their link while it is unopened, of a new one afterwards', async () => {
    const place = await makePlace()
    const { id } = await plant(place, { contactEmail: null })
    const campaign = await start(place.actor, [id], { life: '24h' })
    await pass(0)
    const { items: [recipient] } = await listRecipients(place.actor.viewer, campaign.id, { page: 1 })
    const at = { id: campaign.id, recipientId: recipient?.id ?? '' }
    const first = await makeRecipientCode(place.actor, at)
    expect([first.linkId, first.phoneCode.code]).toEqual([recipient?.linkId, expect.stringMatching(/^\w{4}-\w{4}$/)])
    clock.advance(2 * DAY_MS)
    expect((await makeRecipientCode(place.actor, at)).linkId).not.toBe(first.linkId)
    clock.advance(1_000)
    await stopCampaign(place.actor, campaign.id)
    expect(await refusalOf(makeRecipientCode(place.actor, at))).toBe('campaign_over')
  })

  test('counts as connected by a link that was sent by itself, and as stopped when only their link was revoked', async () => {
    const place = await makePlace()
    const [hotelier] = EIGHT_CONSENTS
    if (!hotelier) throw new Error('there is no hotelier')
    const connectionId = await connect(rig, place, hotelier)
    const { id: other } = await plant(place)
    const campaign = await start(place.actor, [connectionId, other])
    await campaignRound()
    const { items } = await listRecipients(place.actor.viewer, campaign.id, { page: 1 })
    clock.advance(1_000)
    await revokeLink(place.actor, items.find(({ connection }) => connection.id === other)?.linkId ?? '')
    const { made: [made] } = await createReconnectLinks(place.actor, { connectionIds: [connectionId], language: 'it', life: '24h' })
    await walk(made?.url ?? '', hotelier)
    expect([await stateOf(place.actor, campaign.id, connectionId), await stateOf(place.actor, campaign.id, other)]).toEqual(['connected', 'stopped'])
  })
})

describe('a campaign by file', () => {
  test('sends no mail; its file holds a link and a message for each, once, and nothing that a spreadsheet would run', async () => {
    const place = await makePlace()
    const [hotelier] = EIGHT_CONSENTS
    if (!hotelier) throw new Error('there is no hotelier')
    const connectionId = await connect(rig, place, hotelier)
    const formula = await plant(place, { name: '=HYPERLINK("http://evil.example")', contactName: '@SUM(1)', contactEmail: null })
    const campaign = await start(place.actor, [connectionId, formula.id], { channel: 'csv' })
    await pass(DAY_MS)
    expect([server.received.length, await db().link.count({ where: { recipientId: { not: null }, connectionId } })]).toEqual([0, 0])
    const { text } = await takeCampaignFile(place.actor, campaign.id)
    expect(text).toContain(`"'=HYPERLINK`)
    expect(text).toContain(`"'@SUM(1)"`)
    const addresses = [...new Set(text.match(/http[^"\s]+\/link\/[\w-]{43}/g) ?? [])]
    expect(addresses).toHaveLength(2)
    expect(await countsNow(place.actor, campaign)).toEqual(countsOf({ waiting: 2 }))
    expect(await refusalOf(takeCampaignFile(place.actor, campaign.id))).toBe('campaign_file_taken')
    const row = text.split('\r\n').find((line) => line.includes('"324410"')) ?? ''
    await walk(linkIn(row), hotelier)
    expect(await countsNow(place.actor, campaign)).toEqual(countsOf({ waiting: 1, connected: 1 }))
    clock.advance(3 * DAY_MS)
    expect((await getPhoneList(place.actor.viewer, campaign.id)).items).toMatchObject([{ reason: 'no_answer', connection: { id: formula.id } }])
    const tokens = addresses.map((address) => address.split('/').at(-1) ?? '')
    expect(findSecrets(await dumpDatabase(database), tokens)).toEqual([])
    expect(findSecrets(rig.logs(), tokens)).toEqual([])
  })
})

test('another organization sees, changes and asks nothing of it', async () => {
  const [mine, theirs] = [await makePlace(), await makePlace()]
  const { id: connectionId } = await plant(theirs)
  const { id } = await start(theirs.actor, [connectionId], { channel: 'csv' })
  const { items: [recipient] } = await listRecipients(theirs.actor.viewer, id, { page: 1 })
  const { viewer } = mine.actor
  expect((await listCampaigns(viewer, { page: 1 })).items).toEqual([])
  const tries = [
    getCampaign(viewer, id), listRecipients(viewer, id, { page: 1 }), getPhoneList(viewer, id), exportPhoneList(viewer, id), stopCampaign(mine.actor, id),
    takeCampaignFile(mine.actor, id), makeRecipientCode(mine.actor, { id, recipientId: recipient?.id ?? '' }), start(mine.actor, [connectionId]),
    checkCampaign(viewer, { connectionIds: [connectionId] }),
  ]
  expect(await Promise.all(tries.map(refusalOf))).toEqual(tries.map(() => 'not_found'))
  expect((await checkContacts(viewer, `connection id,name\n${connectionId},Anna`)).lines).toMatchObject([{ verdict: 'malformed', fault: 'unknown_connection' }])
  expect(await getCampaign(theirs.actor.viewer, id)).toMatchObject({ state: 'running', fileTakenAt: null })
})

test('every act leaves a proof, and the links name no person who could leave', async () => {
  const place = await makePlace()
  const support = await makeColleague(place.actor, 'support')
  const { id: connectionId } = await plant(place)
  const { id } = await start(support, [connectionId])
  await pass(0)
  clock.advance(1_000)
  await stopCampaign(support, id)
  const events = await db().auditEvent.findMany({ where: { organizationId: place.actor.viewer.organizationId }, orderBy: { id: 'asc' }, select: { action: true, actorKind: true } })
  expect(events.filter(({ action }) => /^(campaign|link)\./.test(action))).toEqual([
    { action: 'campaign.started', actorKind: 'user' }, { action: 'link.created', actorKind: 'system' },
    { action: 'link.revoked', actorKind: 'user' }, { action: 'campaign.stopped', actorKind: 'user' },
  ])
  expect(await db().link.findFirstOrThrow({ where: { connectionId } })).toMatchObject({ createdByUserId: null })
})
