import 'server-only'
import { recordAudit } from '../audit/record-audit'
import type { Transaction } from '../db'
import { getRuntime } from '../runtime'
import type { ErasedPart } from './run-erasure'
import { countInAudit, replaceText } from './replace-text'

interface Found {
  readonly id: string
  readonly organization: string
  readonly name: string
  readonly busy: boolean
}

/** A shorter name is part of too many words to be looked for. */
const SHORTEST_NAME = 4

/** Columns that name things of their own: another hotel may have the same name. */
const NAMES = ['name', 'search_text', 'expected_name', 'contact_name', 'recipient_name', 'consented_by_name']

/**
 * Erases a property by Octorate's id: its connection with tokens, contact and history, what was imported, migrated and
 * created of it, and its name wherever it stands in the open. In a network it is taken out of the list; the token of the
 * network covers it for as long as Octorate says so. The audit log and the ledger of hand-outs keep the connection's id.
 *
 * @throws Error with a sentence while it is being refreshed
 */
export async function eraseProperty(tx: Transaction, propertyId: string): Promise<ErasedPart[]> {
  const found = await tx.$queryRaw<Found[]>`
    SELECT c.id::text, c.organization_id::text AS organization, c.name,
      coalesce(c.lease_until > clock_timestamp(), false) OR EXISTS (SELECT 1 FROM grant_journal g WHERE g.connection_id = c.id AND g.state = 'received') AS busy
    FROM connections c WHERE c.identity IN (${`property:${propertyId}`}, ${`network:${propertyId}`}) ORDER BY c.id FOR UPDATE`
  if (found.some(({ busy }) => busy)) throw new Error('Octorate is being asked for a token of this property right now. Try again in a minute.')
  const names = await readNames(tx, propertyId, found)
  const ids = found.map(({ id }) => id)
  await forgetInNetworks(tx, propertyId)
  const rows = await deleteRows(tx, propertyId, ids)
  const at = getRuntime().clock()
  for (const { id, organization } of found) {
    await recordAudit(tx, {
      action: 'property.erased', outcome: 'success', organizationId: organization, actor: { kind: 'system' }, target: { kind: 'connection', id }, at,
    })
  }
  let [replaced, kept] = [0, 0]
  for (const name of names) {
    replaced += await replaceText(tx, name, { leaving: NAMES })
    kept += await countInAudit(tx, name)
  }
  return [
    ...rows,
    { what: 'texts and documents that hold the name', rows: replaced },
    { what: 'entries of the audit log from an earlier version, which stay', rows: kept, stays: true },
  ]
}

async function readNames(tx: Transaction, propertyId: string, found: readonly Found[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string | null }[]>`
    SELECT name FROM properties WHERE upstream_id = ${propertyId}
    UNION SELECT name FROM import_lines WHERE property_id = ${propertyId}
    UNION SELECT name FROM key_lines WHERE property_id = ${propertyId}
    UNION SELECT name FROM old_keys WHERE property_id = ${propertyId}
    UNION SELECT name FROM property_creations WHERE upstream_id = ${propertyId}`
  const names = new Set([...found.map(({ name }) => name), ...rows.map(({ name }) => name ?? '')])
  // The longest first: one may be the beginning of another.
  return [...names].filter((name) => name.length >= SHORTEST_NAME).toSorted((a, b) => b.length - a.length)
}

/** A network is found by the names of what it covers. */
async function forgetInNetworks(tx: Transaction, propertyId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE connections c SET search_text = replace(c.search_text, lower(p.name), '')
    FROM properties p WHERE p.connection_id = c.id AND p.upstream_id = ${propertyId}`
}

async function deleteRows(tx: Transaction, propertyId: string, ids: readonly string[]): Promise<ErasedPart[]> {
  const connections = [...ids]
  const links = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM links WHERE connection_id = ANY(${connections}::uuid[]) OR property_id = ${propertyId}`
  const about = [...connections, ...links.map(({ id }) => id)]
  const count = async (what: string, rows: Promise<number>): Promise<ErasedPart> => ({ what, rows: await rows })
  return [
    await count('mails about it', tx.$executeRaw`DELETE FROM mails WHERE about_id = ANY(${about}::text[])`),
    await count('grants in quarantine', tx.$executeRaw`
      DELETE FROM quarantined_grants WHERE expected_id = ${propertyId} OR connection_id = ANY(${connections}::uuid[])
        OR identity IN (${`property:${propertyId}`}, ${`network:${propertyId}`})`),
    await count('links', tx.$executeRaw`DELETE FROM links WHERE id::text = ANY(${about}::text[])`),
    await count('walks through the consent flow', tx.$executeRaw`
      DELETE FROM authorizations WHERE connection_id = ANY(${connections}::uuid[]) OR expected_connection_id = ANY(${connections}::uuid[])`),
    await count('answers with tokens', tx.$executeRaw`DELETE FROM grant_journal WHERE connection_id = ANY(${connections}::uuid[])`),
    await count('new properties', tx.$executeRaw`
      DELETE FROM property_creations WHERE upstream_id = ${propertyId} OR connection_id = ANY(${connections}::uuid[])`),
    await count('lines of imports', tx.$executeRaw`
      DELETE FROM import_lines WHERE property_id = ${propertyId} OR connection_id = ANY(${connections}::uuid[])`),
    await count('lines of migrations', tx.$executeRaw`
      WITH gone AS (DELETE FROM key_lines WHERE property_id = ${propertyId} RETURNING migration_id), left_out AS (
        UPDATE key_migrations m SET total = m.total - g.lines FROM (SELECT migration_id, count(*) AS lines FROM gone GROUP BY 1) g WHERE m.id = g.migration_id
      ) SELECT 1 FROM gone`),
    await count('keys of the deprecated API', tx.$executeRaw`DELETE FROM old_keys WHERE property_id = ${propertyId}`),
    await count('alerts', tx.$executeRaw`DELETE FROM alerts WHERE about_id = ANY(${connections}::text[])`),
    await count('messages to webhooks', tx.$executeRaw`
      DELETE FROM webhook_deliveries WHERE EXISTS (SELECT 1 FROM unnest(${connections}::text[]) AS t (id) WHERE position(t.id IN body) > 0)`),
    await count('calls in the operation log', tx.$executeRaw`DELETE FROM operations WHERE connection_id = ANY(${connections}::uuid[])`),
    await count('changes of state', tx.$executeRaw`DELETE FROM connection_changes WHERE connection_id = ANY(${connections}::uuid[])`),
    await count('watches', tx.$executeRaw`DELETE FROM connection_watches WHERE connection_id = ANY(${connections}::uuid[])`),
    await count('connections, with tokens, contact and history', tx.$executeRaw`DELETE FROM connections WHERE id = ANY(${connections}::uuid[])`),
    await count('entries in networks', tx.$executeRaw`DELETE FROM properties WHERE upstream_id = ${propertyId}`),
  ]
}
