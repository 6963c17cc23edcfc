import 'server-only'
import type { Contact, ContactImport, ContactLine } from '@/contracts/contacts'
import type { ContactFaultCode } from '@/lib/contacts/contact-fault'
import { readContactText, type ContactFileLine } from '@/lib/contacts/read-contact-text'
import type { Viewer } from '../auth/viewer'
import { recordAudits } from '../audit/record-audit'
import { LONG_TIMEOUT_MS, transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { toContact } from './to-contact'

const COLUMNS = { id: true, name: true, identity: true, contactName: true, contactEmail: true, contactLanguage: true, contactPhone: true } as const

interface Row {
  readonly id: string
  readonly name: string
  readonly identity: string
  readonly contactName: string | null
  readonly contactEmail: string | null
  readonly contactLanguage: string | null
  readonly contactPhone: string | null
}

/** What a file of contacts would change. */
export async function checkContacts(viewer: Pick<Viewer, 'organizationId'>, text: string): Promise<ContactImport> {
  return judge(db(), viewer, text)
}

/** Takes over the good lines of a file, each with its proof, all in one transaction; the others say why not. */
export async function importContacts({ viewer, context }: Actor, text: string): Promise<ContactImport> {
  const { organizationId, userId } = viewer
  return transaction(async (tx) => {
    const judged = await judge(tx, viewer, text)
    const changed = judged.lines.flatMap(({ verdict, connection, contact }) => (verdict === 'changed' && connection && contact ? [{ id: connection.id, contact }] : []))
    await writeContacts(tx, organizationId, changed)
    await recordAudits(tx, changed.map(({ id }) => ({
      action: 'connection.contact_changed', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'connection', id }, detail: { by: 'import' }, context, at: getRuntime().clock(),
    })))
    return judged
  }, { timeout: LONG_TIMEOUT_MS })
}

async function judge(tx: Pick<Transaction, 'connection'>, { organizationId }: Pick<Viewer, 'organizationId'>, text: string): Promise<ContactImport> {
  const { fault, lines } = readContactText(text)
  const good = lines.flatMap((line) => ('fault' in line ? [] : [line]))
  const identities = good.flatMap(({ propertyId }) => (propertyId === null ? [] : [`property:${propertyId}`, `network:${propertyId}`]))
  const rows = await tx.connection.findMany({
    where: { organizationId, OR: [{ id: { in: good.flatMap(({ connectionId }) => connectionId ?? []) } }, { identity: { in: identities } }] },
    select: { ...COLUMNS, state: true },
  })
  const living = rows.filter(({ state }) => state !== 'disconnected')
  const seen = new Map<string, number>()
  const judged = lines.map((line): ContactLine => {
    if ('fault' in line) return malformed(line)
    const found = findRow(line, rows, living)
    if (typeof found === 'string') return malformed({ number: line.number, column: idColumn(line), fault: found })
    const of = seen.get(found.id)
    if (of !== undefined) return malformed({ number: line.number, column: idColumn(line), fault: 'duplicate_line', of })
    seen.set(found.id, line.number)
    const [before, contact] = [toContact(found), { ...toContact(found), ...line.given }]
    const isSame = (Object.keys(contact) as (keyof Contact)[]).every((field) => contact[field] === before[field])
    const connection = { id: found.id, name: found.name, upstreamId: found.identity.replace(/^[a-z]+:/, '') }
    return { number: line.number, verdict: isSame ? 'unchanged' : 'changed', connection, contact, fault: null, column: null, of: null }
  })
  const count = (verdict: ContactLine['verdict']) => judged.filter((line) => line.verdict === verdict).length
  return { fault, lines: judged, counts: { changed: count('changed'), unchanged: count('unchanged'), malformed: count('malformed') } }
}

/** The connection that a line is about: the one that it names, or the one whose property or network it names; a living one first. */
function findRow({ connectionId, propertyId }: ContactFileLine, rows: readonly Row[], living: readonly Row[]): Row | ContactFaultCode {
  const isOf = ({ identity }: Row) => identity === `property:${propertyId}` || identity === `network:${propertyId}`
  if (connectionId !== null) {
    const row = rows.find(({ id }) => id === connectionId)
    if (!row) return 'unknown_connection'
    return propertyId === null || isOf(row) ? row : 'ids_differ'
  }
  const candidates = [living.filter(isOf), rows.filter(isOf)].find((each) => each.length > 0) ?? []
  const [only, ...others] = candidates
  if (!only) return 'unknown_property'
  return others.length > 0 ? 'several_connections' : only
}

function idColumn({ columns, connectionId }: ContactFileLine): number {
  return (connectionId === null ? columns.propertyId : columns.connectionId) ?? 1
}

function malformed({ number, column, fault, of }: { number: number; column: number; fault: ContactFaultCode; of?: number }): ContactLine {
  return { number, verdict: 'malformed', connection: null, contact: null, fault, column, of: of ?? null }
}

/** All of them in one statement. */
async function writeContacts(tx: Transaction, organizationId: string, changed: readonly { id: string; contact: Contact }[]): Promise<void> {
  if (changed.length === 0) return
  const column = (field: keyof Contact) => changed.map(({ contact }) => contact[field])
  await tx.$executeRaw`
    UPDATE connections SET contact_name = given.name, contact_email = given.email, contact_phone = given.phone, contact_language = given.language, updated_at = ${getRuntime().clock()}
    FROM unnest(${changed.map(({ id }) => id)}::uuid[], ${column('name')}::text[], ${column('email')}::text[], ${column('phone')}::text[], ${column('language')}::text[])
      AS given (id, name, email, phone, language)
    WHERE connections.id = given.id AND connections.organization_id = ${organizationId}::uuid`
}
