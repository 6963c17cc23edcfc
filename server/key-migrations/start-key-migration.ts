import 'server-only'
import { randomUUID } from 'node:crypto'
import { gapOf } from '@/lib/refresh/pace'
import { requireApiClient } from '../api-clients/find-api-client'
import { requireUpstream } from '../api-clients/list-upstreams'
import { recordAudit } from '../audit/record-audit'
import { findCovering } from '../connections/find-covering'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { ImportActor } from '../imports/import-actor'
import { getRuntime } from '../runtime'
import { lookNow } from '../until-work'
import { differenceTo } from './difference'
import { findMigrated } from './find-migrated'
import { findOpenLines } from './find-open-lines'
import { insertRows, type Skipped } from './insert-rows'
import { lockKeyMigrations } from './lock-key-migrations'
import { digestOf, toRows, type NewKeyLine, type NewRow } from './to-rows'

interface NewKeyMigration {
  readonly apiClientId: string
  readonly name: string
  /** Null is without throttle. */
  readonly perSecond: number | null
  readonly lines: readonly NewKeyLine[]
}

/**
 * Takes old keys: migration, lines, ledger and proof in one transaction, each key sealed before it is stored. The same
 * lines again are the same migration, unless that was cancelled. A property that another migration has in hand refuses
 * all: two of them must never send the same key.
 *
 * @returns the migration's id.
 * @throws AppError `not_found`, `upstream_not_allowed`, `machine_key_properties`, `invalid_input`, `key_migration_overlaps` with the difference
 */
export async function startKeyMigration(who: ImportActor, given: NewKeyMigration): Promise<string> {
  const { organizationId } = who
  await requireClientForKeys(who, given)
  requireOwnNumbers(given.lines)
  const rows = await toRows(organizationId, given.lines)
  const digest = digestOf(given.apiClientId, rows)
  const now = getRuntime().clock()
  const started = await transaction(async (tx) => {
    await lockKeyMigrations(tx, organizationId)
    const same = await findSame(tx, organizationId, digest)
    if (same) return same
    const propertyIds = [...new Set(rows.map(({ propertyId }) => propertyId))]
    const open = await findOpenLines({ organizationId, propertyIds }, tx)
    if (open.length > 0) throw new AppError('key_migration_overlaps', { issues: differenceTo(open, rows) })
    const id = randomUUID()
    const skipped = await findSkipped(tx, { organizationId, apiClientId: given.apiClientId, rows, propertyIds })
    await tx.keyMigration.create({
      data: {
        id, organizationId, apiClientId: given.apiClientId, name: given.name, perSecond: given.perSecond, gapMs: gapOf(given.perSecond ?? 0),
        nextSlotAt: now, digest, total: rows.length, actorKind: who.actor.kind, actorId: who.actor.id, createdAt: now, updatedAt: now,
      },
    })
    await insertRows(tx, { organizationId, migrationId: id, rows, skipped, now })
    await recordAudit(tx, {
      action: 'key_migration.started', outcome: 'success', organizationId, actor: who.actor, target: { kind: 'key_migration', id },
      detail: { name: given.name, lines: rows.length, skipped: skipped.size, apiClient: given.apiClientId }, context: who.context, at: now,
    })
    return id
  })
  lookNow()
  return started
}

/**
 * Requires an API client that may be called, and whose environment and properties are the caller's.
 *
 * @throws AppError `not_found`, `upstream_not_allowed`, `machine_key_properties`
 */
export async function requireClientForKeys(who: ImportActor, { apiClientId, lines }: Pick<NewKeyMigration, 'apiClientId' | 'lines'>): Promise<void> {
  const apiClient = await requireApiClient(who, apiClientId)
  if (who.environment && who.environment !== apiClient.environment) throw new AppError('not_found')
  requireUpstream(apiClient.upstreamId)
  const { properties } = who
  if (properties && lines.some(({ propertyId }) => !properties.has(propertyId))) throw new AppError('machine_key_properties')
}

/** Two lines of one number could not be told apart. */
function requireOwnNumbers(lines: readonly NewKeyLine[]): void {
  const seen = new Set<number>()
  for (const { number } of lines) {
    if (seen.has(number)) throw new AppError('invalid_input', { issues: [{ path: `${number}`, message: 'is there twice' }] })
    seen.add(number)
  }
}

/** The migration of the very same lines; a cancelled one makes room. */
async function findSame(tx: Transaction, organizationId: string, digest: string): Promise<string | null> {
  const same = await tx.keyMigration.findUnique({ where: { organizationId_digest: { organizationId, digest } } })
  if (same?.state !== 'cancelled') return same?.id ?? null
  await tx.keyMigration.update({ where: { id: same.id }, data: { digest: `${digest}:${same.id}` } })
  return null
}

interface Asked {
  readonly organizationId: string
  readonly apiClientId: string
  readonly rows: readonly NewRow[]
  readonly propertyIds: readonly string[]
}

/** By line number: what is not sent, because it would only double something. */
async function findSkipped(tx: Transaction, { rows, ...asked }: Asked): Promise<Map<number, Skipped>> {
  const [migrated, covering] = [await findMigrated(asked, tx), await findCovering(asked, tx)]
  const skipped = new Map<number, Skipped>()
  for (const { number, propertyId, reason } of rows) {
    const [before, connectionId] = [migrated.get(propertyId), covering.get(propertyId)]
    if (reason) skipped.set(number, { reason })
    else if (before?.state === 'verified') skipped.set(number, { reason: 'already_migrated', migratedBy: before.migrationId, connectionId })
    else if (connectionId) skipped.set(number, { reason: 'already_connected', connectionId })
    else if (before) skipped.set(number, { state: 'ambiguous', reason: 'sent_before', migratedBy: before.migrationId })
  }
  return skipped
}
