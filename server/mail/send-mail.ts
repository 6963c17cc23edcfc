import 'server-only'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { db } from '../db'
import type { MailState } from '../generated/prisma/client'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { deliverMail } from './deliver-mail'
import { mailBackOffMs } from './mail-back-off'
import { mailBodyContext } from './mail-body-context'
import { readMailFailure } from './mail-failure'
import { addMailJob } from './queue-mail'

/** Longer than one try may take. */
const CLAIM_MS = 120_000

/**
 * One try to send a queued mail. It is claimed before: a second job for it waits, and one whose process died is tried again
 * when the claim has lapsed. A try that fails adds the job of the next.
 */
export async function sendMail(mailId: string): Promise<void> {
  const now = getRuntime().clock()
  const mail = await db().mail.findUnique({ where: { id: mailId } })
  if (mail?.state !== 'queued') return
  if (mail.nextTryAt > now) return addMailJob(db(), mailId, mail.nextTryAt.getTime() - now.getTime())
  const claimed = await db().mail.updateMany({
    where: { id: mailId, state: 'queued', nextTryAt: mail.nextTryAt },
    data: { nextTryAt: new Date(now.getTime() + CLAIM_MS), tries: { increment: 1 } },
  })
  if (claimed.count === 0 || mail.bodySealed === null) return
  const text = open(requireKeys(), mailBodyContext({ organizationId: mail.organizationId, mailId }), mail.bodySealed)
  try {
    const state = await deliverMail({ ...mail, text })
    await settle(mailId, { state, failure: null })
  } catch (error) {
    await afterFailure({ id: mailId, tries: mail.tries + 1 }, error)
  }
}

async function afterFailure({ id, tries }: { id: string; tries: number }, error: unknown): Promise<void> {
  const { isForGood, code } = readMailFailure(error)
  const waitMs = mailBackOffMs(tries)
  // Its words may hold the recipient's address, or what the mail server calls itself.
  log().warn({ mail: id, failure: code, tries }, 'a mail could not be sent')
  if (isForGood) return settle(id, { state: 'bounced', failure: code })
  if (waitMs === null) return settle(id, { state: 'failed', failure: code })
  const nextTryAt = new Date(getRuntime().clock().getTime() + waitMs)
  await db().mail.updateMany({ where: { id, state: 'queued' }, data: { nextTryAt, failure: code } })
  await addMailJob(db(), id, waitMs)
}

async function settle(id: string, data: { state: 'sent' | 'written' | 'bounced' | 'failed'; failure: string | null }): Promise<void> {
  // One that was withdrawn while it was under way has gone out all the same.
  const from: MailState[] = data.state === 'sent' || data.state === 'written' ? ['queued', 'withdrawn'] : ['queued']
  await db().mail.updateMany({ where: { id, state: { in: from } }, data: { ...data, settledAt: getRuntime().clock() } })
}
