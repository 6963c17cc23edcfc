import 'server-only'
import type { AuditAction } from '@/contracts/audit-actions'
import { db } from '../db'
import { findAuditNames } from './find-audit-names'

/** Coming, going and changing over are no acts of anybody's work. */
const LEFT_OUT: readonly AuditAction[] = ['session.started', 'session.ended', 'session.moved']

/** What one act does to each of thousands; the act itself is the step that it settles. */
const OF_EACH: readonly AuditAction[] = ['access_token.dropped', 'connection.reconnect_required']

interface Span {
  readonly organizationId: string
  readonly from: Date
  /** Null while it goes on. */
  readonly to: Date | null
  readonly most: number
}

/** What people did in a span of time, the oldest first, with the names of who and what as they are now. */
export async function listActs({ organizationId, from, to, most }: Span) {
  const rows = await db().auditEvent.findMany({
    where: { organizationId, actorKind: 'user', action: { notIn: [...LEFT_OUT, ...OF_EACH] }, at: { gte: from, ...(to ? { lte: to } : {}) } },
    orderBy: { id: 'asc' },
    take: most + 1,
  })
  const names = await findAuditNames(rows)
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return {
    items: rows.slice(0, most).map(({ id, at, action, outcome, actorId, targetId, detail }) => ({
      id: String(id), at: at.toISOString(), action, outcome, actor: nameOf(actorId), target: nameOf(targetId), detail,
    })),
    isCut: rows.length > most,
  }
}
