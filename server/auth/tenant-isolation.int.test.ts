import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as apiClientContracts from '@/contracts/api-clients'
import * as propertyContracts from '@/contracts/property-creations'
import * as adminTokenContracts from '@/contracts/admin-tokens'
import * as configurationContracts from '@/contracts/api-configuration'
import * as authorizationContracts from '@/contracts/authorizations'
import * as callContracts from '@/contracts/calls'
import * as connectionContracts from '@/contracts/connections'
import * as letterContracts from '@/contracts/letters'
import * as contactContracts from '@/contracts/contacts'
import * as linkContracts from '@/contracts/links'
import * as quarantineContracts from '@/contracts/quarantined-grants'
import * as returnAddressContracts from '@/contracts/return-addresses'
import * as redirectUriContracts from '@/contracts/redirect-uris'
import * as sessionContracts from '@/contracts/sessions'
import { changeApiClient } from '../api-clients/change-api-client'
import { deleteApiClient } from '../api-clients/delete-api-client'
import { getApiClient } from '../api-clients/get-api-client'
import { getSecretDependents } from '../api-clients/get-secret-dependents'
import { listApiClients } from '../api-clients/list-api-clients'
import { obtainAdminToken } from '../api-clients/obtain-admin-token'
import { preflightApiClient } from '../api-clients/preflight'
import { registerCallback } from '../api-clients/register-callback'
import { rotateClientSecret } from '../api-clients/rotate-client-secret'
import { changeContact } from '../connections/change-contact'
import { createConnectLink } from '../links/create-connect-link'
import { createReconnectLinks } from '../links/create-reconnect-links'
import { getLink } from '../links/get-link'
import { renewPhoneCode } from '../links/phone-code'
import { revokeLink } from '../links/revoke-link'
import { connectQuarantined, eraseQuarantined } from '../quarantined-grants/decide-quarantined'
import { getQuarantinedGrant } from '../quarantined-grants/get-quarantined-grants'
import { addReturnAddress, removeReturnAddress } from '../return-addresses/change-return-addresses'
import { listReturnAddresses } from '../return-addresses/list-return-addresses'
import { createProperty } from '../property-creations/create-property'
import { listPropertyCreations } from '../property-creations/list-property-creations'
import { listAdminTokens } from '../admin-tokens/list-admin-tokens'
import { revealAdminToken } from '../admin-tokens/reveal-admin-token'
import { testAdminToken } from '../admin-tokens/test-admin-token'
import { changeApiConfiguration } from '../api-configuration/change-api-configuration'
import { previewApiConfiguration } from '../api-configuration/preview-api-configuration'
import { readApiConfiguration } from '../api-configuration/read-api-configuration'
import { switchToProduction } from '../api-configuration/switch-to-production'
import { getLastCalls } from '../calls/get-last-calls'
import { draftLetter } from '../letters/draft-letter'
import { listLetters } from '../letters/list-letters'
import { markLetterSent } from '../letters/mark-letter-sent'
import { adoptRedirectUris } from '../redirect-uris/adopt-redirect-uris'
import { getRedirectUris } from '../redirect-uris/get-redirect-uris'
import { readRedirectUris } from '../redirect-uris/read-redirect-uris'
import { undoRedirectUriWrite } from '../redirect-uris/undo-redirect-uri-write'
import { unwantRedirectUri } from '../redirect-uris/unwant-redirect-uri'
import { wantRedirectUri } from '../redirect-uris/want-redirect-uri'
import { writeRedirectUris } from '../redirect-uris/write-redirect-uris'
import { completeFromPaste } from '../authorizations/complete-from-paste'
import { getAuthorization } from '../authorizations/get-authorization'
import { startAuthorization } from '../authorizations/start-authorization'
import { chooseProperties } from '../connections/choose-properties'
import { countConnections } from '../connections/count-connections'
import { disconnectConnection } from '../connections/disconnect-connection'
import { getConnection } from '../connections/get-connection'
import { listConnections } from '../connections/list-connections'
import { pauseRefresh, resumeRefresh } from '../connections/pause-refresh'
import { refreshConnection } from '../connections/refresh-connection'
import type { Actor } from '../http/define-handler'
import { listSessions } from '../sessions/list-sessions'
import { revokeSessions } from '../sessions/revoke-sessions'
import { startSession } from '../sessions/start-session'
import { db } from '../db'
import { connect, ROSSI_NETWORK, startFlow } from '../../tests/consent-flow'
import { dumpDatabase } from '../../tests/database-dump'
import { makeActor, makeApiClient } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const owner = await makeActor()
const stranger = await makeActor()

const LINK_WISH = { language: 'en', life: '24h' } as const

/** One of everything that an organization can have, and a session of its owner. */
async function makeEverything(actor: Actor) {
  const apiClient = await makeApiClient(rig, actor)
  const connectionId = await connect(rig, { actor, apiClient }, ROSSI_NETWORK)
  await obtainAdminToken(actor, apiClient.id)
  const { started } = await startFlow(actor, apiClient)
  await startSession({ userId: actor.viewer.userId, previousToken: null, method: 'password', context: actor.context })
  const session = await db().session.findFirstOrThrow({ where: { userId: actor.viewer.userId } })
  const { made: [made] } = await createReconnectLinks(actor, { connectionIds: [connectionId], ...LINK_WISH })
  const quarantined = await db().quarantinedGrant.create({
    data: {
      organizationId: actor.viewer.organizationId, apiClientId: apiClient.id, authorizationId: started.authorizationId, expectedName: 'A', expectedId: '1',
      identity: 'property:2', name: 'B', discovery: { properties: [], isComplete: true, user: null }, state: 'held', answerSealed: 'sealed',
      createdAt: rig.clock.date, nextTryAt: rig.clock.date, expiresAt: new Date(rig.clock.at + 86_400_000),
    },
  })
  return { links: made?.link.id ?? '', quarantinedGrants: quarantined.id, apiClients: apiClient.id, authorizations: started.authorizationId, connections: connectionId, sessions: session.id }
}

const theirs = await makeEverything(owner)
const own = await makeEverything(stranger)

const { newPropertySchema } = propertyContracts
const NEW_PROPERTY = { name: 'Casa Nuova', givenName: 'Ada', familyName: 'Neri', email: 'ada@casanuova.example' }

type Attempt = (actor: Actor, id: string) => Promise<unknown>

/** What stands behind each endpoint that takes an id, by the noun that the id belongs to. */
const ATTEMPTS: Readonly<Record<keyof typeof theirs, Readonly<Record<string, Attempt>>>> = {
  apiClients: {
    getApiClient: ({ viewer }, id) => getApiClient(viewer, id),
    changeApiClient: (actor, id) => changeApiClient(actor, id, { name: 'Taken over' }),
    getSecretDependents: ({ viewer }, id) => getSecretDependents(viewer, id),
    rotateClientSecret: (actor, id) => rotateClientSecret(actor, id, { clientSecret: 'sbx_taken_over' }),
    deleteApiClient,
    obtainAdminToken,
    registerCallback,
    preflightApiClient,
    listPropertyCreations: ({ viewer }, id) => listPropertyCreations(viewer, id),
    createProperty: (actor, id) => createProperty(actor, id, newPropertySchema.parse(NEW_PROPERTY)),
    listAdminTokens: ({ viewer }, id) => listAdminTokens(viewer, id),
    testAdminToken: (actor, id) => testAdminToken(actor, { id, tokenId: randomUUID() }),
    revealAdminToken: (actor, id) => revealAdminToken(actor, { id, tokenId: randomUUID(), password: '', reason: 'because' }),
    readApiConfiguration,
    previewApiConfiguration: ({ viewer }, id) => previewApiConfiguration(viewer, id, { category: 'OTA' }),
    changeApiConfiguration: (actor, id) => changeApiConfiguration(actor, id, { change: { category: 'OTA' }, seen: {} }),
    switchToProduction: (actor, id) => switchToProduction(actor, id, { name: 'Channel manager' }),
    getLastCalls: ({ viewer }, id) => getLastCalls(viewer, id, 'redirect_uris'),
    getRedirectUris: ({ viewer }, id) => getRedirectUris(viewer, id),
    readRedirectUris,
    wantRedirectUri: (actor, id) => wantRedirectUri(actor, id, { uri: 'https://attacker.example/' }),
    unwantRedirectUri: (actor, id) => unwantRedirectUri(actor, { id, wantedId: randomUUID() }),
    adoptRedirectUris,
    writeRedirectUris: (actor, id) => writeRedirectUris(actor, id, { add: ['https://attacker.example/'], remove: [], confirmation: '' }),
    undoRedirectUriWrite: (actor, id) => undoRedirectUriWrite(actor, { id, writeId: randomUUID(), confirmation: '' }),
    listLetters: ({ viewer }, id) => listLetters(viewer, id),
    draftLetter: (actor, id) => draftLetter(actor, id, { kind: 'production', redirectUris: [] }),
    markLetterSent: (actor, id) => markLetterSent(actor, { id, letterId: randomUUID() }),
    listReturnAddresses: ({ viewer }, id) => listReturnAddresses(viewer, id),
    addReturnAddress: (actor, id) => addReturnAddress(actor, id, { uri: 'https://attacker.example/' }),
    removeReturnAddress: (actor, id) => removeReturnAddress(actor, id, randomUUID()),
    createConnectLink: (actor, apiClientId) => createConnectLink(actor, { apiClientId, ...LINK_WISH }),
    startAuthorization: (actor, apiClientId) => startAuthorization(actor, { apiClientId }),
  },
  authorizations: {
    getAuthorization: ({ viewer }, id) => getAuthorization(viewer, id),
    completeAuthorization: (actor, id) => completeFromPaste(actor, id, { address: 'https://localhost/?code=1&state=2' }),
  },
  connections: {
    getConnection: ({ viewer }, id) => getConnection(viewer, id),
    refreshConnection,
    changeContact: (actor, id) => changeContact(actor, id, { name: 'Taken over', email: null, language: null, phone: null }),
    createReconnectLinks: (actor, id) => createReconnectLinks(actor, { connectionIds: [id], ...LINK_WISH }),
    choosePropertiesOfConnection: (actor, id) => chooseProperties(actor, id, { linked: ['310046'] }),
    disconnectConnection,
    pauseRefresh: (actor, id) => pauseRefresh(actor, id, 'because'),
    resumeRefresh,
    refreshOnce: async ({ viewer: { organizationId } }, id) => {
      const result = await refreshOnce({ id, organizationId })
      if (result.outcome === 'failed') throw result.error
    },
  },
  links: {
    getLink: ({ viewer }, id) => getLink(viewer, id),
    revokeLink,
    makePhoneCode: renewPhoneCode,
  },
  quarantinedGrants: {
    getQuarantinedGrant: ({ viewer }, id) => getQuarantinedGrant(viewer, id),
    connectQuarantinedGrant: connectQuarantined,
    eraseQuarantinedGrant: eraseQuarantined,
  },
  sessions: { revokeSession: (actor, id) => revokeSessions(actor, { id }) },
}

const cases = Object.entries(ATTEMPTS).flatMap(([noun, attempts]) =>
  Object.entries(attempts).map(([name, attempt]) => ({ noun: noun as keyof typeof theirs, name, attempt })),
)

describe('an id of another organization', () => {
  test('has an attempt here for every endpoint that takes one', () => {
    const contracts = { ...apiClientContracts, ...callContracts, ...configurationContracts, ...adminTokenContracts, ...propertyContracts, ...redirectUriContracts, ...letterContracts, ...authorizationContracts, ...connectionContracts, ...sessionContracts, ...linkContracts, ...contactContracts, ...quarantineContracts, ...returnAddressContracts }
    const taking = Object.entries<unknown>(contracts).filter(([, value]) => typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string' && value.path.includes(':'))
    const attempted = cases.map(({ name }) => name)
    expect(taking.length).toBeGreaterThanOrEqual(14)
    expect(taking.map(([name]) => name).filter((name) => !attempted.includes(name))).toEqual([])
  })

  test.each(cases)('is not found by $name, exactly like one that does not exist, and changes nothing', async ({ noun, attempt }) => {
    const before = await dumpDatabase(rig.database)
    const calls = watchCalls(rig)
    const ids = [theirs[noun], theirs[noun].toUpperCase(), randomUUID(), '00000000-0000-0000-0000-000000000000']
    for (const id of ids) expect(await refusalOf(attempt(stranger, id))).toBe('not_found')
    expect(calls.all()).toEqual([])
    expect(await dumpDatabase(rig.database)).toBe(before)
  })

  test.each(cases.filter(({ noun }) => noun !== 'sessions'))('is not found by $name for a person who only claims the other organization’s ids in their own', async ({ noun, attempt }) => {
    const claimed: Actor = { ...owner, viewer: { ...owner.viewer, organizationId: stranger.viewer.organizationId } }
    expect(await refusalOf(attempt(claimed, theirs[noun]))).toBe('not_found')
  })

  test('narrows no list: a filter by a foreign API client is empty', async () => {
    const query = { sort: 'name', direction: 'asc', limit: 50 } as const
    expect(await listConnections(stranger.viewer, { ...query, apiClient: theirs.apiClients })).toMatchObject({ items: [], total: 0 })
    expect((await listConnections(stranger.viewer, { ...query, apiClient: own.apiClients })).items.map(({ id }) => id)).toEqual([own.connections])
  })
})

describe('a list', () => {
  test('holds the own organization’s things alone', async () => {
    const { viewer } = stranger
    expect((await listConnections(viewer, { sort: 'name', direction: 'asc', limit: 50 })).items.map(({ id }) => id)).toEqual([own.connections])
    expect((await listConnections(viewer, { sort: 'name', direction: 'asc', limit: 50, q: 'fontana' })).total).toBe(1)
    expect(await countConnections(viewer)).toMatchObject({ total: 1 })
    expect((await listApiClients(viewer)).items.map(({ id }) => id)).toEqual([own.apiClients])
    expect((await listSessions(viewer)).items.map(({ id }) => id)).toEqual([own.sessions])
  })

  test('continues in the own organization when it is given a cursor of another', async () => {
    const apiClient = await makeApiClient(rig, owner)
    const foreignProperties = ['310046', '310051', '310058']
    for (const property of foreignProperties) await connect(rig, { actor: owner, apiClient }, { username: 'giulia.rossi', properties: [property] })
    const foreign = await listConnections(owner.viewer, { sort: 'name', direction: 'asc', limit: 1 })
    const page = await listConnections(stranger.viewer, { sort: 'name', direction: 'asc', limit: 50, cursor: foreign.nextCursor ?? '' })
    const mine = new Set([own.connections])
    expect(page.items.filter(({ id }) => !mine.has(id))).toEqual([])
    expect(page.total).toBe(1)
  })
})

describe('the names of people', () => {
  test('are told to members of their organization only', async () => {
    await db().connection.update({ where: { id: own.connections }, data: { connectedByUserId: owner.viewer.userId } })
    expect((await getConnection(stranger.viewer, own.connections)).connectedBy).toBeNull()
  })
})

describe('the database', () => {
  test('lets no two organizations share a row by accident: an API client’s connections are of its organization', async () => {
    const mixed = await rig.database.sql(
      `SELECT c.id FROM connections c JOIN api_clients a ON a.id = c.api_client_id WHERE a.organization_id <> c.organization_id
       UNION ALL SELECT p.id FROM properties p JOIN connections c ON c.id = p.connection_id WHERE p.organization_id <> c.organization_id
       UNION ALL SELECT t.id FROM admin_tokens t JOIN api_clients a ON a.id = t.api_client_id WHERE t.organization_id <> a.organization_id
       UNION ALL SELECT z.id FROM authorizations z JOIN api_clients a ON a.id = z.api_client_id WHERE z.organization_id <> a.organization_id`,
    )
    expect(mixed).toEqual([])
  })
})
