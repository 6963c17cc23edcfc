import 'server-only'
import { db } from '../db'

const DAY_MS = 24 * 60 * 60_000
const TEXT_KEPT_MS = 7 * DAY_MS
const ROW_KEPT_MS = 90 * DAY_MS

/** Forgets the text of a mail after a week, and that there was one after three months. */
export async function pruneMails(now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  await db().mail.updateMany({
    where: { createdAt: { lt: before(TEXT_KEPT_MS) }, bodySealed: { not: null }, state: { not: 'queued' } },
    data: { bodySealed: null },
  })
  await db().mail.deleteMany({ where: { createdAt: { lt: before(ROW_KEPT_MS) }, state: { not: 'queued' } } })
}
