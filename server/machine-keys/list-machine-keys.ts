import 'server-only'
import type { MachineKeyPage, MachineKeyQuery } from '@/contracts/machine-keys'
import { storable } from '@/lib/text/storable'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { findRestrictions } from './find-restrictions'
import { MACHINE_KEY_COLUMNS, toSummary } from './to-dto'

const PAGE_SIZE = 50

/** One page of the organization's keys: filtered, sorted and cut in the database. */
export async function listMachineKeys(viewer: Viewer, query: MachineKeyQuery): Promise<MachineKeyPage> {
  const now = getRuntime().clock()
  const where = whereOf(viewer, query, now)
  const [found, total, any] = await Promise.all([
    db().machineKey.findMany({
      where,
      orderBy: [orderOf(query), { id: query.direction }],
      skip: (query.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE + 1,
      select: MACHINE_KEY_COLUMNS,
    }),
    db().machineKey.count({ where }),
    db().machineKey.findFirst({ where: { organizationId: viewer.organizationId }, select: { id: true } }),
  ])
  const rows = found.slice(0, PAGE_SIZE)
  const [people, restriction] = await Promise.all([
    findNames(viewer.organizationId, rows.map((row) => row.createdByUserId)),
    findRestrictions(viewer.organizationId, rows.map((row) => row.id)),
  ])
  return {
    items: rows.map((row) => toSummary(row, { people, restriction, viewer, now })),
    page: query.page,
    hasNext: found.length > PAGE_SIZE,
    total,
    hasAny: any !== null,
  }
}

function whereOf(viewer: Viewer, { show, q }: MachineKeyQuery, now: Date): Prisma.MachineKeyWhereInput {
  const valid: Prisma.MachineKeyWhereInput = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  return {
    organizationId: viewer.organizationId,
    AND: [
      show === 'valid' ? valid : show === 'ended' ? { NOT: valid } : {},
      q ? { OR: [{ name: { contains: literally(q), mode: 'insensitive' } }, { last4: q }] } : {},
    ],
  }
}

function orderOf({ sort, direction }: MachineKeyQuery): Prisma.MachineKeyOrderByWithRelationInput {
  switch (sort) {
    case 'created':
      return { createdAt: direction }
    case 'name':
      return { name: direction }
    case 'expires':
      return { expiresAt: { sort: direction, nulls: 'last' } }
    case 'last-used':
      return { lastUsedAt: { sort: direction, nulls: 'last' } }
  }
}

/** Prisma hands a search over to LIKE as it is: `%`, `_` and the backslash are made to mean themselves. */
function literally(text: string): string {
  return storable(text).replace(/[\\%_]/g, '\\$&')
}
