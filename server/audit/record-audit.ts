import type { AuditAction } from '@/contracts/audit-actions'
import type { Transaction } from '../db'
import type { RequestContext } from '../http/request-context'
import type { Prisma } from '../generated/prisma/client'

/** Who acts: a person, an integrator's back end, Keyrack itself, or somebody who is not known yet. */
export type AuditActor =
  | { readonly kind: 'user' | 'machine_key'; readonly id: string }
  | { readonly kind: 'system' | 'anonymous' }

export interface AuditEntry {
  readonly action: AuditAction
  readonly outcome: 'success' | 'failure' | 'denied'
  readonly organizationId: string | null
  readonly actor: AuditActor
  readonly target?: { readonly kind: string; readonly id: string }
  /** What an act changed: the same facts before and after it. Never a secret. */
  readonly change?: { readonly before: Prisma.InputJsonObject; readonly after: Prisma.InputJsonObject }
  /** Plain facts; never a secret. */
  readonly detail?: Prisma.InputJsonObject
  readonly context?: RequestContext
  readonly at: Date
}

/** Appends the proof of an act, in the transaction of what it proves: no audit, no action. */
export async function recordAudit(tx: Pick<Transaction, 'auditEvent'>, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({ data: toRow(entry) })
}

/** The same for many acts at once, such as what becomes of each connection of an import. */
export async function recordAudits(tx: Pick<Transaction, 'auditEvent'>, entries: readonly AuditEntry[]): Promise<void> {
  await tx.auditEvent.createMany({ data: entries.map(toRow) })
}

function toRow(entry: AuditEntry) {
  return {
    organizationId: entry.organizationId,
    at: entry.at,
    action: entry.action,
    outcome: entry.outcome,
    actorKind: entry.actor.kind,
    actorId: 'id' in entry.actor ? entry.actor.id : null,
    targetKind: entry.target?.kind ?? null,
    targetId: entry.target?.id ?? null,
    address: entry.context?.address ?? null,
    userAgent: entry.context?.userAgent ?? null,
    requestId: entry.context?.requestId ?? null,
    detail: { ...entry.detail, ...entry.change },
  }
}
