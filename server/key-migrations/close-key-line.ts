import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import type { KeyLineReason } from '@/contracts/key-migrations'
import { db } from '../db'
import { getRuntime } from '../runtime'

interface Line {
  readonly migration: { readonly id: string }
  readonly number: number
}

interface Ending {
  readonly state: 'failed' | 'ambiguous' | 'skipped'
  readonly reason: KeyLineReason | ErrorCode
  readonly connectionId?: string
}

/** Ends a line for which there is no verified token. One that somebody else has ended, or verified, stays as it is. */
export async function closeKeyLine({ migration, number }: Line, ending: Ending): Promise<void> {
  const now = getRuntime().clock()
  await db().keyLine.updateMany({
    where: { migrationId: migration.id, number, state: { in: ['sent', 'received', 'stored', 'ambiguous'] } },
    data: { ...ending, claimedBy: null, nextTryAt: now, updatedAt: now },
  })
}
