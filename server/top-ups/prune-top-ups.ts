import 'server-only'
import { db } from '../db'

const KEPT_MS = 30 * 24 * 60 * 60_000

/** Forgets top ups of more than thirty days ago. */
export async function pruneTopUps(now: Date): Promise<void> {
  await db().topUp.deleteMany({ where: { startedAt: { lt: new Date(now.getTime() - KEPT_MS) } } })
}
