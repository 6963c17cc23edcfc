import type { SealContext } from '../crypto/seal'

/** Where the text of a mail belongs; it is never changed. */
export function mailBodyContext({ organizationId, mailId }: { organizationId: string; mailId: string }): SealContext {
  return { table: 'mails', column: 'body_sealed', organizationId, rowId: mailId, version: 1 }
}
