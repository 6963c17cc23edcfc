import 'server-only'
import type { Transaction } from '../db'
import { queueMail } from '../mail/queue-mail'

interface Letter {
  readonly organizationId: string
  readonly linkId: string
  readonly to: string
  readonly subject: string
  /** Holds the link: it is sealed where it is kept. */
  readonly text: string
  readonly kind: string
}

/** Sends a link by our own mail, in the transaction in which it is made or repeated, and notes which mail brought it last. */
export async function mailLink(tx: Transaction, { linkId, ...letter }: Letter): Promise<void> {
  const mailId = await queueMail(tx, { ...letter, aboutId: linkId })
  await tx.link.update({ where: { id: linkId }, data: { mailId, recipientEmail: letter.to } })
}
