import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { db } from '../db'
import { getRuntime } from '../runtime'

interface Line {
  readonly migration: { readonly id: string }
  readonly number: number
}

interface Later {
  /** `pending`: Octorate certainly did nothing, the key may be sent again; `stored`: the token is looked at again. */
  readonly to: 'pending' | 'stored'
  readonly reason: ErrorCode
  readonly waitMs: number
}

/** Lets a line wait for another try. */
export async function putBack({ migration, number }: Line, { to, reason, waitMs }: Later): Promise<void> {
  const now = getRuntime().clock()
  await db().keyLine.updateMany({
    where: { migrationId: migration.id, number, state: to === 'pending' ? { in: ['sent', 'ambiguous'] } : 'stored' },
    data: { state: to, reason, claimedBy: null, nextTryAt: new Date(now.getTime() + waitMs), updatedAt: now },
  })
}
