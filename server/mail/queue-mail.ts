import 'server-only'
import { randomUUID } from 'node:crypto'
import { storable } from '@/lib/text/storable'
import { requireKeys } from '../crypto/require-keys'
import { seal } from '../crypto/seal'
import type { Transaction } from '../db'
import { addJob } from '../jobs/add-job'
import { getRuntime } from '../runtime'
import { mailBodyContext } from './mail-body-context'

export interface NewMail {
  readonly organizationId: string
  /** One address, without a name. */
  readonly to: string
  readonly subject: string
  /** Plain text; may hold a link that is good for one use. */
  readonly text: string
  /** What it is for, such as `invitation`; shown beside it. */
  readonly kind: string
  /** Id of the thing that it is about. */
  readonly aboutId?: string
}

/**
 * The one way to send mail: written down in the caller's transaction, with its text sealed, and sent by a job. It goes out
 * if and only if what it tells has happened.
 *
 * @returns the mail's id, by which its state can be followed.
 * @throws AppError `sealed`
 */
export async function queueMail(tx: Pick<Transaction, 'mail' | '$queryRaw'>, given: NewMail): Promise<string> {
  const id = randomUUID()
  const { organizationId, to: recipient, kind, aboutId = null } = given
  const now = getRuntime().clock()
  await tx.mail.create({
    data: {
      id, organizationId, recipient, kind, aboutId,
      subject: storable(given.subject.replace(/\s+/g, ' ').trim()),
      bodySealed: seal(requireKeys(), mailBodyContext({ organizationId, mailId: id }), given.text),
      createdAt: now,
      nextTryAt: now,
    },
  })
  await addMailJob(tx, id)
  return id
}

/** One job for each mail: a later one takes the place of one that waits. */
export async function addMailJob(tx: Pick<Transaction, '$queryRaw'>, mailId: string, runInMs = 0): Promise<void> {
  await addJob(tx, { name: 'send_mail', payload: { mailId } }, { key: `mail:${mailId}`, runInMs })
}
