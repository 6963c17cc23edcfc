import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '../db'
import { sendMail } from '../mail/send-mail'
import { setRuntime } from '../runtime'
import { LOCANDA, makeConnected } from '../../tests/consent-flow'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openMailServer, type MailServer } from '../../tests/mail-server'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { Visitor } from '../../tests/visitor'
import { createConnectLink } from './create-connect-link'
import { createReconnectLinks } from './create-reconnect-links'
import { getLink } from './get-link'

const rig = await openRig()
const WISH = { language: 'it', life: '24h', reason: 'Octorate cancelled the grant', ticket: 'T-4711', send: 'mail' } as const

let server: MailServer
beforeEach(async () => {
  server = await openMailServer()
  setRuntime({ ...rig.runtime, env: { ...rig.runtime.env, KEYRACK_SMTP_URL: server.url, KEYRACK_MAIL_FROM: 'Keyrack <keyrack@example.com>' } })
})
afterEach(async () => {
  await server.close()
  setRuntime(rig.runtime)
})

const deliver = async () => {
  for (const { id } of await db().mail.findMany({ where: { state: 'queued' } })) await sendMail(id)
}

test('a reconnect link goes out by mail in the recipient’s language, works, and lies nowhere in the clear', async () => {
  const { actor, connectionId } = await makeConnected(rig, await makeActor())
  const { made: [made] } = await createReconnectLinks(actor, { connectionIds: [connectionId], ...WISH, recipientName: 'Marco', recipientEmail: 'marco@locanda.example' })
  expect(made?.mailed).toEqual({ to: 'marco@locanda.example', goesOut: true })
  await deliver()
  expect(server.received).toHaveLength(1)
  const [mail] = server.received
  expect(mail?.to).toEqual(['marco@locanda.example'])
  expect(mail?.text).toBe(made?.messages[0]?.text)
  const link = /http\S+\/link\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? ''
  expect(link).toBe(made?.url)
  expect((await getLink(actor.viewer, made?.link.id ?? '')).mail).toEqual({ state: 'sent', failure: null })
  const token = link.split('/').at(-1) ?? ''
  expect(findSecrets(await dumpDatabase(rig.database), [token])).toEqual([])
  expect(findSecrets(rig.logs(), [token])).toEqual([])
  const visitor = new Visitor(rig)
  await visitor.open(link)
  await visitor.consent(LOCANDA)
  expect((await getLink(actor.viewer, made?.link.id ?? '')).state).toBe('verified')
})

test('a connect link too; a mail that bounces is seen on its link', async () => {
  const actor = await makeActor()
  const { id: apiClientId } = await makeApiClient(rig, actor)
  server.refuse = () => ({ code: 550, text: '5.1.1 unknown' })
  const { link, mailed } = await createConnectLink(actor, { apiClientId, ...WISH, recipientEmail: 'nobody@hotel.example' })
  expect(mailed?.to).toBe('nobody@hotel.example')
  await deliver()
  expect((await getLink(actor.viewer, link.id)).mail).toEqual({ state: 'bounced', failure: '550 5.1.1' })
})

test('a mail to nobody is refused, and no link is made', async () => {
  const { actor, connectionId, apiClient } = await makeConnected(rig, await makeActor())
  expect(await refusalOf(createReconnectLinks(actor, { connectionIds: [connectionId], ...WISH }))).toBe('invalid_input')
  expect(await refusalOf(createConnectLink(actor, { apiClientId: apiClient.id, ...WISH }))).toBe('invalid_input')
  expect(await db().link.count({ where: { organizationId: actor.viewer.organizationId } })).toBe(0)
})

test('without a wish for a mail none is sent', async () => {
  const { actor, connectionId } = await makeConnected(rig, await makeActor())
  const { made: [made] } = await createReconnectLinks(actor, { connectionIds: [connectionId], language: 'it', life: '24h', recipientEmail: 'marco@locanda.example' })
  expect([made?.mailed, made?.link.mail, await db().mail.count({ where: { organizationId: actor.viewer.organizationId } })]).toEqual([null, null, 0])
})
