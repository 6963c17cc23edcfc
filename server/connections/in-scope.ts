import 'server-only'
import type { IncidentTarget } from '@/contracts/incidents'
import type { Transaction } from '../db'
import { Prisma } from '../generated/prisma/client'

/** Which connections an act of an incident is about. */
export interface Scope {
  readonly organizationId: string
  /** In a drill: nothing but Octorate's test mode. */
  readonly onlySandbox: boolean
  readonly target: IncidentTarget
}

/** One of the small transactions by which an act reaches thousands. */
export interface Batch {
  /** When the incident was opened: what it has touched since is not touched again. */
  readonly since: Date
  readonly begunAt: Date
  readonly now: Date
  /** Whether rows that somebody has in hand are waited for, and not passed over. */
  readonly waits: boolean
  readonly most: number
}

/** Those of them that still have a grant, as a condition on connections `c`. */
export function inScope({ organizationId, onlySandbox, target }: Scope): Prisma.Sql {
  return Prisma.sql`c.organization_id = ${organizationId}::uuid AND c.state <> 'disconnected'
    ${onlySandbox ? Prisma.sql`AND c.environment = 'SANDBOX'` : Prisma.empty} ${ofTarget(target)}`
}

/** At most so many rows, locked. */
export function lockSome({ most, waits }: Batch): Prisma.Sql {
  return Prisma.sql`LIMIT ${most} FOR UPDATE ${waits ? Prisma.empty : Prisma.sql`SKIP LOCKED`}`
}

/** Whether the target is there, and within a drill of its environment. */
export async function isTargetThere(tx: Transaction, { organizationId, onlySandbox, target }: Scope): Promise<boolean> {
  if (target.kind === 'organization') return true
  const where = { id: target.id, organizationId, ...(onlySandbox ? ({ environment: 'SANDBOX' } as const) : {}) }
  return (target.kind === 'api_client' ? await tx.apiClient.count({ where: { ...where, deletedAt: null } }) : await tx.connection.count({ where })) > 0
}

function ofTarget(target: IncidentTarget): Prisma.Sql {
  switch (target.kind) {
    case 'organization':
      return Prisma.empty
    case 'api_client':
      return Prisma.sql`AND c.api_client_id = ${target.id}::uuid`
    case 'connection':
      return Prisma.sql`AND c.id = ${target.id}::uuid`
  }
}
