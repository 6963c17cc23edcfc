import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { db } from '../db'
import { noteLinkFailure } from '../links/note-link-step'
import { getRuntime } from '../runtime'

/** Ends a flow whose answer was left in the journal and turned out to be of no use. */
export async function endLeftAuthorization(id: string, code: ErrorCode): Promise<void> {
  const now = getRuntime().clock()
  const [ended] = await db().authorization.updateManyAndReturn({
    where: { id, connectionId: null },
    data: { failure: code, finishedAt: now },
    select: { linkId: true },
  })
  if (ended) await noteLinkFailure(db(), ended.linkId, { code, at: now })
}
