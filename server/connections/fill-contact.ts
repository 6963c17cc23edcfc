import 'server-only'
import type { Transaction } from '../db'

interface Recipient {
  readonly recipientName?: string | undefined
  readonly recipientEmail?: string | undefined
  readonly language: string
}

/** Remembers who a link was sent to as the connection's contact, where none is known yet. */
export async function fillContact(tx: Transaction, { id, organizationId }: { id: string; organizationId: string }, recipient: Recipient): Promise<void> {
  const { recipientName: contactName, recipientEmail: contactEmail, language: contactLanguage } = recipient
  if (contactEmail === undefined) return
  await tx.connection.updateMany({
    where: { id, organizationId, contactEmail: null },
    data: { contactEmail, contactLanguage, ...(contactName ? { contactName } : {}) },
  })
}
