import 'server-only'
import type { Transaction } from '../db'

interface Withdrawal {
  readonly organizationId: string
  readonly ids: readonly string[]
  readonly now: Date
}

/** Keeps mails from going out that wait, because what they tell has ended. One that is under way just now goes. */
export async function withdrawMails(tx: Transaction, { organizationId, ids, now }: Withdrawal): Promise<void> {
  await tx.mail.updateMany({
    where: { organizationId, id: { in: [...ids] }, state: 'queued' },
    data: { state: 'withdrawn', settledAt: now },
  })
}
