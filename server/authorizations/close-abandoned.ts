import 'server-only'
import { db } from '../db'
import { noteLinkFailure } from '../links/note-link-step'

/** Longer than an exchange can take, and than its code lives. */
const ABANDONED_AFTER_MS = 2 * 60_000

/** A flow whose process died between consuming the state and receiving an answer can't be finished: its code is too old. */
export async function closeAbandoned(now: Date): Promise<void> {
  const candidates = await db().authorization.findMany({
    where: { consumedAt: { lt: new Date(now.getTime() - ABANDONED_AFTER_MS) }, finishedAt: null, connectionId: null },
    select: { id: true, linkId: true },
    take: 100,
  })
  for (const { id, linkId } of candidates) {
    const waiting = await db().grantJournal.count({ where: { authorizationId: id, state: 'received' } })
    if (waiting > 0) continue
    await db().authorization.updateMany({ where: { id, finishedAt: null }, data: { failure: 'code_expired', finishedAt: now } })
    await noteLinkFailure(db(), linkId, { code: 'code_expired', at: now })
  }
}
