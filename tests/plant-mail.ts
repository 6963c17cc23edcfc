import { randomUUID } from 'node:crypto'
import { seal } from '@/server/crypto/seal'
import { mailBodyContext } from '@/server/mail/mail-body-context'
import type { Maker, TestOrganization } from './make-organization'

type State = 'sent' | 'written' | 'bounced' | 'failed'

/** A mail that went out, or did not, made by data. */
export async function plantMail(
  { sql, keys }: Maker,
  { id: organizationId }: Pick<TestOrganization, 'id'>,
  given: { readonly state?: State; readonly subject?: string; readonly text?: string; readonly failure?: string } = {},
): Promise<string> {
  const id = randomUUID()
  const { state = 'written', subject = 'Reconnect Hotel Roma', text = 'Open https://keyrack.example/p/a-link-of-one-use-0123456789\n', failure = null } = given
  await sql.query(
    `INSERT INTO mails (id, organization_id, recipient, subject, kind, body_sealed, state, tries, next_try_at, failure, created_at, settled_at)
     VALUES ($1, $2, 'anna@hotel.example', $3, 'invitation', $4, $5, 1, now(), $6, now(), now())`,
    [id, organizationId, subject, seal(keys, mailBodyContext({ organizationId, mailId: id }), text), state, failure],
  )
  return id
}
