import { describe, expect, test } from 'vitest'
import { db } from '../db'
import { revokeLink } from './revoke-link'
import { createConnectLink } from './create-connect-link'
import { createReconnectLinks } from './create-reconnect-links'
import { getLink } from './get-link'
import { listLinks } from './list-links'
import { renewPhoneCode } from './phone-code'
import { addReturnAddress } from '../return-addresses/change-return-addresses'
import { getConnection } from '../connections/get-connection'
import { settleRound } from '../journal/settler'
import { CA_DEL_LUME, connect, LOCANDA, makeConnected, ROSSI_NETWORK, type Connected } from '../../tests/consent-flow'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { watchCalls } from '../../tests/upstream-calls'
import { Visitor } from '../../tests/visitor'

const rig = await openRig()
const { sandbox, clock, database } = rig
const WISH = { language: 'it', life: '24h', reason: 'Octorate cancelled the grant', ticket: 'T-4711' } as const
const DAY_MS = 86_400_000

async function reconnectLink({ actor, connectionId }: Pick<Connected, 'actor' | 'connectionId'>, wish: Partial<Parameters<typeof createReconnectLinks>[1]> = {}) {
  const { made: [made] } = await createReconnectLinks(actor, { connectionIds: [connectionId], ...WISH, ...wish })
  if (!made) throw new Error('no link was made')
  return made
}

const stateOf = async ({ actor }: Pick<Connected, 'actor'>, id: string) => (await getLink(actor.viewer, id)).state

async function killGrants({ apiClient, connectionId }: Connected) {
  await sandbox.control.revoke({ clientId: apiClient.clientId })
  await db().connection.update({ where: { id: connectionId }, data: { state: 'reconnect_required', stateSince: clock.date } })
}

describe('a reconnect link', () => {
  test('renews the same connection from a browser without a session, step by step, and the grant is live', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await killGrants(connected)
    const { link, url } = await reconnectLink(connected)
    expect(link).toMatchObject({ kind: 'reconnect', state: 'created', ticket: 'T-4711', connection: { name: 'Locanda Bianchi', upstreamId: '324410' } })
    const visitor = new Visitor(rig)
    const page = await visitor.open(url)
    expect(page.text).toContain('Ricollegare Locanda Bianchi')
    expect(page.text).toContain(connected.actor.viewer.organizationName)
    const { location } = await visitor.press()
    expect(await stateOf(connected, link.id)).toBe('opened')
    const end = await visitor.comeBack(await visitor.decide(location ?? '', LOCANDA))
    expect(end.text).toContain('Locanda Bianchi è di nuovo collegata')
    const done = await getLink(connected.actor.viewer, link.id)
    expect(done).toMatchObject({ state: 'verified', difference: null, found: null, connection: { id: connected.connectionId } })
    for (const at of [done.openedAt, done.consentedAt, done.exchangedAt, done.verifiedAt]) expect(at).not.toBeNull()
    expect(await getConnection(connected.actor.viewer, connected.connectionId)).toMatchObject({ status: 'healthy', connectedBy: connected.actor.viewer.name })
    expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('consumes nothing when its page is opened, however often, because mail scanners open links', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { link, url } = await reconnectLink(connected)
    for (let visits = 0; visits < 3; visits += 1) expect((await new Visitor(rig).open(url)).status).toBe(200)
    expect(await stateOf(connected, link.id)).toBe('created')
    expect(await db().authorization.count({ where: { linkId: link.id } })).toBe(0)
  })

  test('belongs to the browser that opened it: another one is turned away and changes nothing', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { url } = await reconnectLink(connected)
    const [first, second] = [new Visitor(rig), new Visitor(rig)]
    await first.open(url)
    await second.open(url)
    expect((await first.press()).location).toContain('oauth.xhtml')
    const late = await second.press()
    expect([late.location, late.page.status]).toEqual([null, 409])
    expect(late.page.text).toContain('stato aperto in un altro browser')
    expect((await second.open(url)).status).toBe(410)
    expect((await first.open(url)).status).toBe(200)
  })

  test('is opened by one of many browsers at once, because one statement decides', async () => {
    const connected = await makeConnected(rig, await makeActor())
    for (let round = 0; round < 5; round += 1) {
      const { url, link } = await reconnectLink(connected)
      const visitors = Array.from({ length: 8 }, () => new Visitor(rig))
      for (const visitor of visitors) await visitor.open(url)
      const answers = await Promise.all(visitors.map((visitor) => visitor.press()))
      expect(answers.filter(({ location }) => location !== null)).toHaveLength(1)
      expect(await db().authorization.count({ where: { linkId: link.id } })).toBe(1)
    }
  })

  test('is of no use twice: after its end it only says that all is well', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { url, link } = await reconnectLink(connected)
    const visitor = new Visitor(rig)
    await visitor.open(url)
    await visitor.consent(LOCANDA)
    expect(visitor.text).not.toContain('<form')
    expect((await visitor.open(url)).text).toContain('è di nuovo collegata')
    const stranger = await new Visitor(rig).open(url)
    expect([stranger.status, stranger.text.includes('Locanda')]).toEqual([410, false])
    expect(await refusalOf(revokeLink(connected.actor, link.id))).toBe('link_over')
  })

  test('ends with its time, and at once when it is revoked, even in the middle of consent', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const [short, withdrawn] = [await reconnectLink(connected, { life: '30m' }), await reconnectLink(connected)]
    const [late, walking] = [new Visitor(rig), new Visitor(rig)]
    await late.open(short.url)
    await walking.open(withdrawn.url)
    const { location } = await walking.press()
    expect((await revokeLink(connected.actor, withdrawn.link.id)).state).toBe('revoked')
    const calls = watchCalls(rig)
    expect((await walking.comeBack(await walking.decide(location ?? '', LOCANDA))).text).toContain('ritirato')
    expect(calls.count('identity/token')).toBe(0)
    clock.advance(30 * 60_000)
    expect((await late.press()).location).toBeNull()
    expect(late.text).toContain('scaduto')
    expect(await stateOf(connected, short.link.id)).toBe('expired')
  })

  test('lets the hotelier try again after a refusal, in the same browser', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { url, link } = await reconnectLink(connected)
    const visitor = new Visitor(rig)
    await visitor.open(url)
    const refused = await visitor.consent({ ...LOCANDA, approve: false })
    expect(refused.text).toContain('Nessuna autorizzazione')
    expect(await getLink(connected.actor.viewer, link.id)).toMatchObject({ state: 'refused', failure: 'consent_refused' })
    expect((await visitor.consent(LOCANDA)).text).toContain('è di nuovo collegata')
    expect(await getLink(connected.actor.viewer, link.id)).toMatchObject({ state: 'verified', failure: null })
  })

  test('is finished by the settler when the process died after the answer was committed', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { url, link } = await reconnectLink(connected)
    const visitor = new Visitor(rig)
    await visitor.open(url)
    await sandbox.control.faults.add({ endpoint: 'accommodation', kind: 'status', status: 503, count: 1 })
    expect((await visitor.consent(LOCANDA)).text).toContain('Un momento')
    expect(await stateOf(connected, link.id)).toBe('exchanged')
    clock.advance(60_000)
    await settleRound()
    expect(await stateOf(connected, link.id)).toBe('verified')
  })

  test('is stored as a digest: neither address nor code is in the database or the log', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { url, phoneCode } = await reconnectLink(connected)
    const visitor = new Visitor(rig)
    await visitor.open(url)
    await visitor.consent(LOCANDA)
    const secrets = [url.split('/').at(-1) ?? '', phoneCode.code.replace('-', '')]
    expect(findSecrets(await dumpDatabase(database), secrets)).toEqual([])
    expect(findSecrets(rig.logs(), secrets)).toEqual([])
  })
})

describe('a link is not offered', () => {
  test.each(['quota', 'upstream_unreachable', 'api_client_refused', 'wrong_environment', 'permission_missing', 'not_sent', 'unexpected_answer', 'unknown'])(
    'while the cause is %s, because no customer can help',
    async (cause) => {
      const { actor, connectionId } = await makeConnected(rig, await makeActor())
      await db().connection.update({ where: { id: connectionId }, data: { state: 'refresh_failing', cause } })
      expect((await getConnection(actor.viewer, connectionId)).isLinkOffered).toBe(false)
      expect(await refusalOf(createReconnectLinks(actor, { connectionIds: [connectionId], ...WISH }))).toBe('hotelier_cannot_help')
      expect(await db().link.count({ where: { connectionId } })).toBe(0)
    },
  )

  test('while Octorate refuses our own secret, though the grant is dead', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await killGrants(connected)
    await db().apiClient.update({ where: { id: connected.apiClient.id }, data: { refusedAt: clock.date } })
    expect(await refusalOf(createReconnectLinks(connected.actor, { connectionIds: [connected.connectionId], ...WISH }))).toBe('hotelier_cannot_help')
  })

  test('when the redirect URI is not ours, because nobody could come back', async () => {
    const { actor, connectionId, apiClient } = await makeConnected(rig, await makeActor())
    await db().apiClient.update({ where: { id: apiClient.id }, data: { foreignRedirectUri: 'https://localhost' } })
    expect(await refusalOf(createReconnectLinks(actor, { connectionIds: [connectionId], ...WISH }))).toBe('link_needs_callback')
    expect(await refusalOf(createConnectLink(actor, { apiClientId: apiClient.id, ...WISH }))).toBe('link_needs_callback')
  })

  test('for some of many: the others get theirs, and those are named', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const [good, bad] = [await connect(rig, { actor, apiClient }, LOCANDA), await connect(rig, { actor, apiClient }, CA_DEL_LUME)]
    await db().connection.update({ where: { id: bad }, data: { state: 'refresh_failing', cause: 'quota' } })
    const { made, refused } = await createReconnectLinks(actor, { connectionIds: [good, bad, good], ...WISH })
    expect(made.map(({ link }) => link.connection?.id)).toEqual([good])
    expect(refused).toMatchObject([{ connectionId: bad, code: 'hotelier_cannot_help' }])
  })

  test('for some of many, because their hoteliers could not come back: the reason is named', async () => {
    const actor = await makeActor()
    const [ours, foreign] = [await makeApiClient(rig, actor), await makeApiClient(rig, actor)]
    const good = await connect(rig, { actor, apiClient: ours }, LOCANDA)
    const bad = await connect(rig, { actor, apiClient: foreign }, CA_DEL_LUME)
    await db().apiClient.update({ where: { id: foreign.id }, data: { foreignRedirectUri: 'https://localhost' } })
    const { refused } = await createReconnectLinks(actor, { connectionIds: [good, bad], ...WISH })
    expect(refused).toMatchObject([{ connectionId: bad, code: 'link_needs_callback' }])
  })

  test("for another organization's connection, which is not there", async () => {
    const [mine, theirs] = [await makeConnected(rig, await makeActor()), await makeConnected(rig, await makeActor())]
    const asked = createReconnectLinks(mine.actor, { connectionIds: [mine.connectionId, theirs.connectionId], ...WISH })
    expect(await refusalOf(asked)).toBe('not_found')
    expect(await db().link.count({ where: { connectionId: mine.connectionId } })).toBe(0)
  })
})

test('several links at once are each for their own contact, in its language', async () => {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  const [known, unknown] = [await connect(rig, { actor, apiClient }, LOCANDA), await connect(rig, { actor, apiClient }, CA_DEL_LUME)]
  await db().connection.update({ where: { id: known }, data: { contactName: 'Greta Becker', contactEmail: 'greta@becker.example', contactLanguage: 'de' } })
  const { made } = await createReconnectLinks(actor, { connectionIds: [known, unknown], ...WISH, language: 'fr' })
  const of = (id: string) => made.find(({ link }) => link.connection?.id === id)
  expect(of(known)).toMatchObject({ link: { recipientName: 'Greta Becker', recipientEmail: 'greta@becker.example', language: 'de' }, messages: [{ language: 'de' }, {}, {}, {}, {}] })
  expect(of(unknown)).toMatchObject({ link: { recipientName: null, recipientEmail: null, language: 'fr' } })
})

describe("the hotelier's form", () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no site', { 'sec-fetch-site': '' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['JSON', { 'content-type': 'application/json' }],
    ['no cookie', { cookie: '' }],
  ])('is refused with %s, and consumes nothing', async (_, headers) => {
    const connected = await makeConnected(rig, await makeActor())
    const { url, link } = await reconnectLink(connected)
    const visitor = new Visitor(rig)
    await visitor.open(url)
    const { location, page } = await visitor.press({ headers })
    expect([location, [403, 415].includes(page.status)]).toEqual([null, true])
    expect(await stateOf(connected, link.id)).toBe('created')
  })

  test("is refused with another browser's token, because a form belongs to the page that was shown", async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { url } = await reconnectLink(connected)
    const [victim, attacker] = [new Visitor(rig), new Visitor(rig)]
    await victim.open(url)
    await attacker.open(url)
    const form = /name="form" value="([^"]+)"/.exec(attacker.text)?.[1] ?? ''
    expect((await victim.press({ fields: { form } })).page.status).toBe(403)
  })

  test('has one cookie per link and per flow, so that two links in one browser do not disturb each other', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const [first, second] = [await connect(rig, { actor, apiClient }, LOCANDA), await connect(rig, { actor, apiClient }, CA_DEL_LUME)]
    const [one, two] = [await reconnectLink({ actor, connectionId: first }), await reconnectLink({ actor, connectionId: second })]
    const visitor = new Visitor(rig)
    await visitor.open(one.url)
    const away = await visitor.press()
    await visitor.open(two.url)
    const other = await visitor.press()
    expect(visitor.cookieNames.filter((name) => name.startsWith('__Host-keyrack-'))).toHaveLength(4)
    expect((await visitor.comeBack(await visitor.decide(other.location ?? '', CA_DEL_LUME))).text).toContain('Ca’ del Lume')
    expect((await visitor.comeBack(await visitor.decide(away.location ?? '', LOCANDA))).text).toContain('Locanda Bianchi è di nuovo')
  })
})

describe("the hotelier's page", () => {
  test.each(['en', 'it', 'es', 'de', 'fr'])('speaks %s, without script, in less than 15 kB', async (language) => {
    const connected = await makeConnected(rig, await makeActor())
    const { url } = await reconnectLink(connected)
    const page = await new Visitor(rig).open(`${url}?lang=${language}`)
    expect(page.text).toContain(`<html lang="${language}">`)
    expect(page.text).not.toMatch(/<script|\son[a-z]+=|javascript:/i)
    expect(Buffer.byteLength(page.text)).toBeLessThanOrEqual(15 * 1024)
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; form-action 'self' http:\/\/127\.0\.0\.1:\d+; base-uri 'none'; object-src 'none'; frame-ancestors 'none'$/,
    )
  })

  test('shows names as text, whatever they are', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const connectionId = await connect(rig, { actor, apiClient }, { username: 'elena.ferri', properties: ['337225'] }).catch(() => '')
    const id = connectionId || (await connect(rig, { actor, apiClient }, LOCANDA))
    await db().connection.update({ where: { id }, data: { name: '<b>Villa</b> & "Mare" \u202e' } })
    const { url } = await reconnectLink({ actor, connectionId: id }, { reason: '<img src=x>' })
    const page = await new Visitor(rig).open(url)
    expect(page.text).toContain('&lt;b&gt;Villa&lt;/b&gt; &amp; &quot;Mare&quot; ⟨U+202E⟩')
    expect(page.text).not.toMatch(/<b>Villa|<img/)
  })

  test('of an address that was never given out says nothing, and of a visit without its cookie neither', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { url, link } = await reconnectLink(connected)
    const { publicUrl } = rig.runtime
    for (const address of [`${url}x`, url.slice(0, -1), `${publicUrl}/link/`, `${publicUrl}/link/${link.id}`, `${publicUrl}/visit/${link.id}`, `${publicUrl}/visit/x`]) {
      const page = await new Visitor(rig).open(address)
      expect([address, page.status, page.text.includes('Locanda')]).toEqual([address, 404, false])
    }
  })
})

describe('a phone code', () => {
  const codePage = () => `${rig.runtime.publicUrl}/code`

  test('opens its link for the browser in which it is typed, once', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { link, phoneCode, url } = await reconnectLink(connected)
    expect(phoneCode.address).toBe(codePage())
    const [reception, other] = [new Visitor(rig), new Visitor(rig)]
    await reception.open(codePage())
    const { location } = await reception.press({ fields: { code: phoneCode.code.toLowerCase().replace('-', ' ') } })
    expect(await stateOf(connected, link.id)).toBe('opened')
    await reception.open(location ?? '')
    expect((await reception.consent(LOCANDA)).text).toContain('è di nuovo collegata')
    await other.open(codePage())
    expect((await other.press({ fields: { code: phoneCode.code } })).page.status).toBe(422)
    expect((await other.open(url)).status).toBe(410)
  })

  test('ends after thirty minutes, when a new one is made, and with the address being opened', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const [first, second] = [await reconnectLink(connected), await reconnectLink(connected)]
    const type = async (code: string) => {
      const visitor = new Visitor(rig)
      await visitor.open(codePage())
      return (await visitor.press({ fields: { code } })).page.status
    }
    const renewed = await renewPhoneCode(connected.actor, first.link.id)
    expect(await type(first.phoneCode.code)).toBe(422)
    clock.advance(30 * 60_000)
    expect([await type(renewed.code), await type(second.phoneCode.code)]).toEqual([422, 422])
    const again = await renewPhoneCode(connected.actor, second.link.id)
    const mail = new Visitor(rig)
    await mail.open(second.url)
    await mail.press()
    expect(await type(again.code)).toBe(422)
    expect(await refusalOf(renewPhoneCode(connected.actor, second.link.id))).toBe('link_over')
    clock.advance(15 * 60_000)
  })

  test('is not found by trying: the eleventh try of an address within a quarter of an hour is not looked at', async () => {
    clock.advance(16 * 60_000)
    const connected = await makeConnected(rig, await makeActor())
    const { link, phoneCode } = await reconnectLink(connected)
    const visitor = new Visitor(rig)
    await visitor.open(codePage())
    const tries = []
    for (let count = 0; count < 11; count += 1) tries.push((await visitor.press({ fields: { code: count < 10 ? 'CDFH-JKMN' : phoneCode.code } })).page.status)
    expect(tries).toEqual([...Array<number>(10).fill(422), 429])
    expect(await stateOf(connected, link.id)).toBe('created')
    clock.advance(16 * 60_000)
  })
})

describe('a connect link', () => {
  test('connects a property for the first time, in the name of who sent it', async () => {
    const actor = await makeActor({ role: 'support' })
    const apiClient = await makeApiClient(rig, actor)
    const { url, link } = await createConnectLink(actor, { apiClientId: apiClient.id, ...WISH })
    const visitor = new Visitor(rig)
    expect((await visitor.open(url)).text).toContain('Collegare la Sua struttura')
    await visitor.consent(CA_DEL_LUME)
    const done = await getLink(actor.viewer, link.id)
    expect(done).toMatchObject({ kind: 'connect', state: 'verified', connection: { upstreamId: '324417' } })
    expect(await getConnection(actor.viewer, done.connection?.id ?? '')).toMatchObject({ status: 'healthy', connectedBy: actor.viewer.name })
  })

  test('that names its property takes no other, and a network that covers it', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const { url, link } = await createConnectLink(actor, { apiClientId: apiClient.id, propertyId: '310051', ...WISH })
    const visitor = new Visitor(rig)
    await visitor.open(url)
    await visitor.consent(CA_DEL_LUME)
    expect(await getLink(actor.viewer, link.id)).toMatchObject({ state: 'wrong_property', found: { upstreamId: '324417' } })
    expect(await db().connection.count({ where: { apiClientId: apiClient.id } })).toBe(0)
    await visitor.consent(ROSSI_NETWORK)
    expect(await getLink(actor.viewer, link.id)).toMatchObject({ state: 'verified', connection: { upstreamId: '310046' } })
  })

  test('leads back to exactly the addresses on the list', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    await addReturnAddress(actor, apiClient.id, { uri: 'https://shop.example/connected' })
    const at = (successUrl: string) => createConnectLink(actor, { apiClientId: apiClient.id, ...WISH, successUrl })
    for (const other of ['https://shop.example/connected/', 'https://shop.example/connected?x=1', 'https://evil.example/']) {
      expect(await refusalOf(at(other))).toBe('return_address_unknown')
    }
    const { url } = await at('https://shop.example/connected')
    const visitor = new Visitor(rig)
    await visitor.open(url)
    expect((await visitor.consent(LOCANDA)).text).toContain('<meta http-equiv="refresh" content="0;url=https://shop.example/connected">')
  })
})

describe('the list', () => {
  test('finds links by state, kind, connection, ticket and property, and holds nothing of another organization', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { actor, connectionId, apiClient } = connected
    const stranger = await makeConnected(rig, await makeActor())
    await reconnectLink(stranger)
    const open = await reconnectLink(connected, { ticket: 'A_1', recipientName: 'Marco' })
    clock.advance(1_000)
    const revoked = await reconnectLink(connected, { ticket: 'AB1', life: '7d' })
    clock.advance(1_000)
    await revokeLink(actor, revoked.link.id)
    const first = await createConnectLink(actor, { apiClientId: apiClient.id, propertyId: '999', ...WISH, life: '7d' })
    const ids = async (query: object) => (await listLinks(actor.viewer, { page: 1, ...query })).items.map(({ id }) => id)
    expect(await ids({})).toEqual([first.link.id, revoked.link.id, open.link.id])
    expect(await ids({ state: 'open' })).toEqual([first.link.id, open.link.id])
    expect(await ids({ state: 'revoked' })).toEqual([revoked.link.id])
    expect(await ids({ kind: 'connect' })).toEqual([first.link.id])
    expect(await ids({ connection: connectionId })).toEqual([revoked.link.id, open.link.id])
    expect(await ids({ q: 'A_1' })).toEqual([open.link.id])
    expect(await ids({ q: 'locanda' })).toEqual([revoked.link.id, open.link.id])
    expect(await ids({ q: 'marco' })).toEqual([open.link.id])
    expect(await ids({ q: '999' })).toEqual([first.link.id])
    clock.advance(DAY_MS)
    expect(await ids({ state: 'expired' })).toEqual([open.link.id])
  })

  test('names who sent a link as long as they are members', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const colleague = await makeColleague(connected.actor, 'support')
    const { link } = await reconnectLink({ ...connected, actor: colleague })
    expect(link.createdBy).toBe(colleague.viewer.name)
    await db().membership.deleteMany({ where: { userId: colleague.viewer.userId } })
    expect((await getLink(connected.actor.viewer, link.id)).createdBy).toBeNull()
  })
})
