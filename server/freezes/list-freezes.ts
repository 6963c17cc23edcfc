import 'server-only'
import type { Freeze } from '@/contracts/freezes'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Freeze as Row } from '../generated/prisma/client'
import { findNames } from '../users/find-names'

type Asked = Pick<Viewer, 'organizationId'>
const WIDTH = { organization: 0, api_client: 1, connection: 2 } as const

/** What stands frozen in an organization now, the widest and then the newest first. */
export async function listFreezes({ organizationId }: Asked): Promise<{ items: Freeze[] }> {
  const rows = await db().freeze.findMany({ where: { organizationId, liftedAt: null }, orderBy: [{ frozenAt: 'desc' }, { id: 'desc' }] })
  const [people, targets] = await Promise.all([
    findNames(organizationId, rows.map(({ frozenByUserId }) => frozenByUserId)),
    findTargetNames(organizationId, rows),
  ])
  const sorted = rows.toSorted((a, b) => WIDTH[a.targetKind] - WIDTH[b.targetKind])
  return {
    items: sorted.map((row) => ({
      id: row.id,
      target: { kind: row.targetKind, id: row.targetId, name: targets.get(row.targetId) ?? null },
      onlySandbox: row.onlySandbox,
      reason: row.reason,
      frozenBy: people.get(row.frozenByUserId) ?? null,
      frozenAt: row.frozenAt.toISOString(),
    })),
  }
}

async function findTargetNames(organizationId: string, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.map(({ targetId }) => targetId)
  if (ids.length === 0) return new Map()
  const select = { id: true, name: true }
  const [organizations, apiClients, connections] = await Promise.all([
    db().organization.findMany({ where: { id: organizationId }, select }),
    db().apiClient.findMany({ where: { organizationId, id: { in: ids } }, select }),
    db().connection.findMany({ where: { organizationId, id: { in: ids } }, select }),
  ])
  return new Map([...organizations, ...apiClients, ...connections].map(({ id, name }) => [id, name]))
}
