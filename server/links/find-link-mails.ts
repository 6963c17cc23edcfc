import 'server-only'
import type { Transaction } from '../db'

/** Ids of the mails that brought the links of these recipients last. */
export async function findLinkMails(
  tx: Transaction,
  { organizationId, recipientIds }: { organizationId: string; recipientIds: readonly string[] },
): Promise<string[]> {
  const links = await tx.link.findMany({ where: { organizationId, recipientId: { in: [...recipientIds] }, mailId: { not: null } }, select: { mailId: true } })
  return links.flatMap(({ mailId }) => mailId ?? [])
}
