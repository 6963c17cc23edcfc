import 'server-only'
import type { KeyMigration } from '@/contracts/key-migrations'
import { db, type Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { ImportActor } from '../imports/import-actor'
import { changeKeyMigration } from './change-key-migration'
import { getKeyMigration } from './get-key-migration'
import { lockKeyMigrations } from './lock-key-migrations'
import { resolveUnknown } from './resolve-unknown'

/** Failures of a token that came: it is looked at again, and its key not sent. */
const TOKEN_CAME = ['refresh_refused', 'property_not_covered']

/**
 * Tries again the failed lines, and looks once more whether an ambiguous one answers to a token that is held by now. The
 * run begins with a single line again. A property that a later migration has in hand, or sent, stays as it is: its key is
 * worth one token.
 *
 * @throws AppError `not_found`, `nothing_to_retry`, `key_migration_over` once it was cancelled
 */
export async function retryKeyMigration(who: ImportActor, id: string): Promise<KeyMigration> {
  await getKeyMigration(who, id)
  const resolved = await lookAgain(who, id)
  const verifiedBefore = await db().keyLine.count({ where: { migrationId: id, state: 'verified' } })
  try {
    return await changeKeyMigration(who, id, {
      action: 'key_migration.retried',
      from: ['running', 'paused', 'stopped', 'finished'],
      data: { state: 'running', stage: 'first_line', stopReason: null, verifiedBefore, lostInARow: 0, finishedAt: null },
      async before(tx, now) {
        await lockKeyMigrations(tx, who.organizationId)
        const again = { reason: null, tries: 0, claimedBy: null, nextTryAt: now, updatedAt: now }
        const stored = await tx.keyLine.updateMany({
          where: { migrationId: id, state: 'failed', reason: { in: TOKEN_CAME } },
          data: { ...again, state: 'stored' },
        })
        const pending = await tx.keyLine.updateMany({
          where: {
            migrationId: id, state: 'failed', reason: { notIn: ['disconnected_meanwhile'] }, oldKey: { keySealed: { not: null } },
            propertyId: { notIn: await findSentElsewhere(tx, id) },
          },
          data: { ...again, state: 'pending' },
        })
        if (stored.count + pending.count === 0) throw new AppError('nothing_to_retry')
      },
    })
  } catch (error) {
    // Ambiguous lines that turned out to be connected are something.
    if (resolved > 0 && error instanceof AppError && error.code === 'nothing_to_retry') return getKeyMigration(who, id)
    throw error
  }
}

/** Properties of failed lines that another migration has in hand, or of which it sent a key as the same API client. */
async function findSentElsewhere(tx: Transaction, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ propertyId: string }[]>`
    SELECT DISTINCT mine.property_id AS "propertyId" FROM key_lines mine
    JOIN key_migrations m ON m.id = mine.migration_id
    JOIN old_keys k ON k.organization_id = m.organization_id AND k.property_id = mine.property_id
    JOIN key_lines other ON other.old_key_id = k.id AND other.migration_id <> m.id
    JOIN key_migrations o ON o.id = other.migration_id
    WHERE mine.migration_id = ${id}::uuid AND mine.state = 'failed' AND (
      (o.finished_at IS NULL AND other.state IN ('pending', 'sent', 'received', 'stored'))
      OR (o.api_client_id = m.api_client_id AND (other.state = 'verified' OR (other.state = 'ambiguous' AND other.reason <> 'sent_before')))
    )`
  return rows.map(({ propertyId }) => propertyId)
}

/** @returns how many ambiguous lines are verified now. */
async function lookAgain({ organizationId }: ImportActor, id: string): Promise<number> {
  const rows = await db().keyLine.findMany({
    where: { migrationId: id, state: 'ambiguous', migration: { organizationId } },
    include: { migration: { include: { apiClient: true } } },
  })
  let resolved = 0
  for (const row of rows) if (!(await resolveUnknown({ ...row, organizationId }, asReason(row.reason)))) resolved += 1
  return resolved
}

function asReason(reason: string | null) {
  return reason === 'answer_unreadable' || reason === 'process_died' || reason === 'sent_before' ? reason : 'answer_lost'
}
