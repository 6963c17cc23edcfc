import 'server-only'
import { recordAudit } from '../audit/record-audit'
import type { Transaction } from '../db'
import { endMembership } from '../people/end-membership'
import { lockPeople, requireOtherOwner } from '../people/require-owner'
import { getRuntime } from '../runtime'
import type { ErasedPart } from './run-erasure'
import { countInAudit, ERASED, replaceText } from './replace-text'

/**
 * Erases a natural person by their mail address: a colleague with account, sessions and memberships, a hotelier as contact,
 * as the one who consented and as recipient, or somebody who is both. The audit log keeps the id of an account, which
 * names nobody any more. `email` is normalised.
 *
 * @throws AppError `last_owner` for the only owner of an organization, who first makes somebody else one
 */
export async function erasePerson(tx: Transaction, email: string): Promise<ErasedPart[]> {
  const names = new Set<string>()
  const parts = [await eraseAccount(tx, email, names), await eraseContact(tx, email, names), ...(await eraseMessages(tx, email, names))]
  const documents = await eraseFromDocuments(tx, email, [...names])
  const replaced = await replaceText(tx, email)
  return [
    ...parts,
    { what: 'documents and lists that hold the address', rows: documents + replaced },
    { what: 'entries of the audit log from an earlier version, which stay', rows: await countInAudit(tx, email), stays: true },
  ]
}

async function eraseAccount(tx: Transaction, email: string, names: Set<string>): Promise<ErasedPart> {
  const user = await tx.user.findUnique({ where: { email }, include: { memberships: true } })
  if (!user) return { what: 'account', rows: 0 }
  names.add(user.name)
  const now = getRuntime().clock()
  for (const { organizationId, role } of user.memberships) {
    await lockPeople(tx, organizationId)
    if (role === 'owner') await requireOtherOwner(tx, { organizationId, userId: user.id })
    await endMembership(tx, { organizationId, userId: user.id, now })
  }
  const ofUser = { where: { userId: user.id } }
  await tx.session.deleteMany(ofUser)
  await tx.twoFactor.deleteMany(ofUser)
  await tx.recoveryCode.deleteMany(ofUser)
  await tx.ownerRecovery.deleteMany(ofUser)
  await tx.user.delete({ where: { id: user.id } })
  const organizations = user.memberships.map(({ organizationId }) => organizationId)
  for (const organizationId of organizations.length === 0 ? [null] : organizations) {
    await recordAudit(tx, {
      action: 'person.erased', outcome: 'success', organizationId, actor: { kind: 'system' }, target: { kind: 'user', id: user.id }, at: now,
    })
  }
  return { what: 'account', rows: 1 }
}

/** As contact of a connection and as the one who consented; what the hotelier's property is called stays. */
async function eraseContact(tx: Transaction, email: string, names: Set<string>): Promise<ErasedPart> {
  const rows = await tx.$queryRaw<{ contact: string | null; consented: string | null; organization: string; id: string }[]>`
    SELECT id::text, organization_id::text AS organization, CASE WHEN lower(contact_email) = ${email} THEN contact_name END AS contact,
      CASE WHEN ${email} IN (lower(consented_by_email), lower(consented_by_username)) THEN consented_by_name END AS consented
    FROM connections WHERE ${email} IN (lower(contact_email), lower(consented_by_email), lower(consented_by_username))`
  for (const name of rows.flatMap(({ contact, consented }) => [contact, consented])) if (name) names.add(name)
  await tx.$executeRaw`
    UPDATE connections SET contact_name = NULL, contact_email = NULL, contact_phone = NULL WHERE lower(contact_email) = ${email}`
  await tx.$executeRaw`
    UPDATE connections SET consented_by_name = NULL, consented_by_email = NULL, consented_by_username = NULL
    WHERE ${email} IN (lower(consented_by_email), lower(consented_by_username))`
  const at = getRuntime().clock()
  for (const { id, organization } of rows) {
    await recordAudit(tx, {
      action: 'person.erased', outcome: 'success', organizationId: organization, actor: { kind: 'system' }, target: { kind: 'connection', id }, at,
    })
  }
  return { what: 'connections that named them', rows: rows.length }
}

async function eraseMessages(tx: Transaction, email: string, names: Set<string>): Promise<ErasedPart[]> {
  const recipients = await tx.$queryRaw<{ name: string | null }[]>`SELECT recipient_name AS name FROM links WHERE lower(recipient_email) = ${email}`
  const contacts = await tx.$queryRaw<{ name: string }[]>`SELECT contact_name AS name FROM property_creations WHERE lower(email) = ${email}`
  for (const { name } of [...recipients, ...contacts]) if (name) names.add(name)
  const links = await tx.$executeRaw`UPDATE links SET recipient_name = NULL, recipient_email = NULL, reason = NULL WHERE lower(recipient_email) = ${email}`
  const creations = await tx.$executeRaw`UPDATE property_creations SET contact_name = ${ERASED}, email = ${ERASED} WHERE lower(email) = ${email}`
  const mails = await tx.$executeRaw`DELETE FROM mails WHERE lower(recipient) = ${email}`
  const invitations = await tx.$executeRaw`DELETE FROM invitations WHERE lower(email) = ${email}`
  const alerts = await tx.$executeRaw`
    UPDATE alert_settings SET addresses = (SELECT coalesce(array_agg(a), '{}') FROM unnest(addresses) AS t (a) WHERE lower(a) <> ${email})
    WHERE EXISTS (SELECT 1 FROM unnest(addresses) AS t (a) WHERE lower(a) = ${email})`
  const owners = await tx.addressEntry.updateMany({ where: { owner: { in: [...names] } }, data: { owner: ERASED } })
  return [
    { what: 'links to them', rows: links },
    { what: 'new properties with them as contact', rows: creations },
    { what: 'mails to them', rows: mails },
    { what: 'invitations', rows: invitations },
    { what: 'lists of alert recipients', rows: alerts },
    { what: 'entries of address lists in their name', rows: owners.count },
  ]
}

const DOCUMENTS = [
  ['authorizations', 'steps', 'jsonb'], ['quarantined_grants', 'discovery', 'jsonb'], ['recorded_calls', 'exchanges', 'jsonb'],
  ['operations', 'exchange', 'jsonb'], ['alerts', 'data', 'jsonb'], ['webhook_deliveries', 'body', 'text'],
] as const

/** A masked answer may say who consented, a message who froze: there the name goes with the address. */
async function eraseFromDocuments(tx: Transaction, email: string, names: readonly string[]): Promise<number> {
  let changed = 0
  for (const [table, column, type] of DOCUMENTS) {
    for (const name of names) {
      changed += await tx.$executeRawUnsafe(
        `UPDATE "${table}" SET "${column}" = replace("${column}"::text, $1, $2)::${type} WHERE position($3 IN lower("${column}"::text)) > 0 AND position($1 IN "${column}"::text) > 0`,
        JSON.stringify(name).slice(1, -1), ERASED, email,
      )
    }
  }
  return changed
}
