import 'server-only'
import type { AuditPage, AuditQuery } from '@/contracts/audit'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { findAuditNames } from './find-audit-names'
import { toDto } from './to-dto'
import { whereOf } from './where-of'

const PAGE_SIZE = 50

/** One page of the organization's audit log, the newest first. */
export async function listAudit(viewer: Viewer, { before, ...query }: AuditQuery): Promise<AuditPage> {
  const { organizationId } = viewer
  const start = before ? await db().auditEvent.findFirst({ where: { organizationId, id: BigInt(before) }, select: { id: true, at: true } }) : null
  const [found, signed] = await Promise.all([
    db().auditEvent.findMany({
      where: {
        ...whereOf(viewer, query),
        ...(before ? { AND: [start ? { OR: [{ at: { lt: start.at } }, { at: start.at, id: { lt: start.id } }] } : { id: { lt: BigInt(before) } }] } : {}),
      },
      include: { seal: true },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: PAGE_SIZE + 1,
    }),
    db().auditCheckpoint.aggregate({ where: { organizationId }, _max: { sequence: true } }),
  ])
  const rows = found.slice(0, PAGE_SIZE)
  const names = await findAuditNames(rows)
  return {
    items: rows.map((row) => toDto(row, { names, signedUpTo: signed._max.sequence ?? 0n })),
    next: found.length > PAGE_SIZE ? String(rows.at(-1)?.id) : null,
  }
}
