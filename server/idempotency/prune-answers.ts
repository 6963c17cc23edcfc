import 'server-only'
import { db } from '../db'
import { KEPT_MS } from './answer-once'

/** Forgets answers that nobody may ask for any more. */
export async function pruneAnswers(now: Date): Promise<void> {
  await db().idempotentAnswer.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - KEPT_MS) } } })
}
