import type { AuditQuery } from '@/contracts/audit'
import type { Viewer } from '../auth/viewer'
import type { Prisma } from '../generated/prisma/client'

const DAY_MS = 24 * 60 * 60 * 1000

/** The events of an organization that a query shows. */
export function whereOf({ organizationId }: Pick<Viewer, 'organizationId'>, query: Omit<AuditQuery, 'before'>): Prisma.AuditEventWhereInput {
  const { action, outcome, actor, target, request, from, to } = query
  return {
    organizationId,
    ...(action ? { action } : {}),
    ...(outcome ? { outcome } : {}),
    ...(actor ? { actorId: actor } : {}),
    ...(target ? { targetId: target } : {}),
    ...(request ? { requestId: request } : {}),
    at: {
      ...(from ? { gte: new Date(from) } : {}),
      ...(to ? { lt: new Date(Date.parse(to) + DAY_MS) } : {}),
    },
  }
}
