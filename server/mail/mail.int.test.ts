import { randomUUID } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { startJobs } from '../jobs/start-jobs'
import { getRuntime, setRuntime } from '../runtime'
import { makeOrganization } from '../../tests/factories'
import { openMailServer, type MailServer } from '../../tests/mail-server'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { pruneMails } from './prune-mails'
import { queueMail } from './queue-mail'
import { sendMail } from './send-mail'

const rig = await openRig()
const { database, clock } = rig
const organization = await makeOrganization()
const LINK = 'https://keyrack.example/p/Zx81-very-secret-of-one-use'

let server: MailServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
  setRuntime(rig.runtime)
  await database.sql('DELETE FROM graphile_worker._private_jobs')
  await database.sql('DELETE FROM mails')
})

const configure = (url: string) =>
  setRuntime({ ...rig.runtime, env: { ...rig.runtime.env, KEYRACK_SMTP_URL: url, KEYRACK_MAIL_FROM: 'Keyrack <keyrack@example.com>' } })
const openServer = async () => {
  server = await openMailServer()
  configure(server.url)
  return server
}
const queue = (to = 'anna@hotel.example') =>
  transaction((tx) => queueMail(tx, { organizationId: organization.id, to, subject: 'Reconnect\nHotel Roma', text: `Grüße, open\n${LINK}\n`, kind: 'invitation' }))
const mail = (id: string) => db().mail.findUniqueOrThrow({ where: { id } })
const jobs = () => database.sql<{ key: string }>('SELECT key FROM graphile_worker._private_jobs')

describe('queueing a mail', () => {
  test('in a transaction that is rolled back sends none, because what it tells has not happened', async () => {
    const failing = transaction(async (tx) => {
      await queueMail(tx, { organizationId: organization.id, to: 'a@b.example', subject: 's', text: 't', kind: 'k' })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await db().mail.count()).toBe(0)
    expect(await jobs()).toEqual([])
  })

  test('keeps its text sealed, because it may hold a link', async () => {
    const id = await queue()
    const [row] = await database.sql<Record<string, unknown>>('SELECT * FROM mails WHERE id = $1', [id])
    expect(JSON.stringify(row)).not.toContain('Zx81')
    expect(row).toMatchObject({ subject: 'Reconnect Hotel Roma', state: 'queued', body_sealed: expect.stringMatching(/^v1\.k1\./) })
  })
})

describe('sending a mail', () => {
  test('is done by the queue of jobs, whole, to one recipient', async () => {
    const { received } = await openServer()
    const id = await queue()
    const running = await startJobs(database.ownerUrl)
    await until(async () => expect(await mail(id)).toMatchObject({ state: 'sent', tries: 1, failure: null }))
    await running.stop()
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ to: ['anna@hotel.example'], from: 'keyrack@example.com', text: `Grüße, open\n${LINK}` })
    expect(received[0]?.raw).toMatch(new RegExp(`^Message-ID: <${id}@localhost>`, 'im'))
    expect(received[0]?.raw).toMatch(/^Subject: Reconnect Hotel Roma\r$/m)
  })

  test('twice at once sends one, because the first claims it', async () => {
    const { received } = await openServer()
    const id = await queue()
    await Promise.all([sendMail(id), rig.asAnotherProcess(() => Promise.all([sendMail(id), sendMail(id)]), { env: getRuntime().env })])
    expect(received).toHaveLength(1)
    expect(await mail(id)).toMatchObject({ state: 'sent', tries: 1 })
  })

  test('that was claimed by a process that died is tried again when the claim has lapsed', async () => {
    const { received } = await openServer()
    const id = await queue()
    await db().mail.update({ where: { id }, data: { tries: 1, nextTryAt: new Date(clock.date.getTime() + 120_000) } })
    await sendMail(id)
    expect(received).toHaveLength(0)
    expect(await jobs()).toEqual([{ key: `mail:${id}` }])
    clock.advance(120_000)
    await sendMail(id)
    expect(received).toHaveLength(1)
  })

  test('waits longer after each failure, and goes out when the mail server is back', async () => {
    const { url } = await openServer()
    await server?.close()
    const id = await queue()
    const waits: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const before = clock.date.getTime()
      await sendMail(id)
      const { nextTryAt, failure, state } = await mail(id)
      expect({ failure, state }).toEqual({ failure: 'ESOCKET', state: 'queued' })
      waits.push(nextTryAt.getTime() - before)
      clock.advance(nextTryAt.getTime() - before)
    }
    expect(waits).toEqual([15_000, 60_000, 300_000])
    server = await openMailServer({ port: Number(new URL(url).port) })
    await sendMail(id)
    expect(await mail(id)).toMatchObject({ state: 'sent', tries: 4, failure: null })
  })

  test('is given up after a day and a half, and says so', async () => {
    const { url } = await openServer()
    await server?.close()
    configure(url)
    const id = await queue()
    const begun = clock.date.getTime()
    for (let round = 0; round < 9; round += 1) {
      await sendMail(id)
      clock.at = (await mail(id)).nextTryAt.getTime()
    }
    expect(await mail(id)).toMatchObject({ state: 'failed', tries: 9 })
    expect(clock.date.getTime() - begun).toBeGreaterThan(36 * 60 * 60_000)
  })

  test('to a recipient whom the mail server refuses bounces, and keeps the number but none of the words', async () => {
    const smtp = await openServer()
    smtp.refuse = () => ({ code: 550, text: '5.1.1 anna@hotel.example: unknown here' })
    const id = await queue()
    await sendMail(id)
    expect(await mail(id)).toMatchObject({ state: 'bounced', failure: '550 5.1.1', tries: 1 })
    expect(rig.logs()).not.toContain('unknown here')
  })

  test('to a recipient who is asked to wait is tried again', async () => {
    const smtp = await openServer()
    smtp.refuse = () => ({ code: 451, text: '4.7.1 greylisted' })
    const id = await queue()
    await sendMail(id)
    expect(await mail(id)).toMatchObject({ state: 'queued', failure: '451 4.7.1' })
    smtp.refuse = null
    clock.advance(15_000)
    await sendMail(id)
    expect(await mail(id)).toMatchObject({ state: 'sent' })
  })
})

test('without a mail server a mail is a file that its owner alone may read', async () => {
  const id = await queue()
  await sendMail(id)
  expect(await mail(id)).toMatchObject({ state: 'written' })
  const file = path.join(rig.runtime.mailFolder, `${id}.eml`)
  expect(await readdir(rig.runtime.mailFolder)).toEqual([`${id}.eml`])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).toContain('To: anna@hotel.example')
})

test('a mail’s text is forgotten after a week, and the mail after three months; one that waits is not', async () => {
  const [sent, waits] = [await queue(), await queue(`${randomUUID()}@hotel.example`)]
  await sendMail(sent)
  const { createdAt } = await mail(sent)
  const after = (days: number) => new Date(createdAt.getTime() + days * 24 * 60 * 60_000 + 1)
  await pruneMails(after(7))
  expect(await mail(sent)).toMatchObject({ bodySealed: null, state: 'written' })
  await pruneMails(after(90))
  expect(await db().mail.findUnique({ where: { id: sent } })).toBeNull()
  expect((await mail(waits)).bodySealed).not.toBeNull()
})
