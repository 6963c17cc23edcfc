import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { reviewAccess } from './review-access'

/** The review of access as a file; notes first who takes it along. */
export async function exportAccessReview({ viewer, context }: Actor) {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  await recordAudit(db(), { action: 'access_review.exported', outcome: 'success', organizationId, actor: { kind: 'user', id: userId }, context, at: now })
  return { name: `keyrack-access-${now.toISOString().slice(0, 10)}.csv`, contentType: 'text/csv; charset=utf-8', chunks: allAtOnce(organizationId, now) }
}

async function* allAtOnce(organizationId: string, now: Date): AsyncGenerator<string> {
  yield await reviewAccess(organizationId, now)
}
