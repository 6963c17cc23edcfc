import type { AuditAction } from '@/contracts/audit-actions'
import type { Transaction } from '../db'
import type { RequestContext } from '../http/request-context'
import type { Prisma } from '../generated/prisma/client'

/** Who acts: a person, Keyrack itself, or somebody who is not known yet. */
export type AuditActor = { readonly kind: 'user'; readonly id: string } | { readonly kind: 'system' | 'anonymous' }

export interface AuditEntry {
  readonly action: AuditAction
  readonly outcome: 'success' | 'failure' | 'denied'
  readonly organizationId: string | null
  readonly actor: AuditActor
  readonly target?: { readonly kind: string; readonly id: string }
  /** Plain facts; never a secret. */
  readonly detail?: Prisma.InputJsonObject
  readonly context?: RequestContext
  readonly at: Date
}

/** Appends the proof of an act, in the transaction of what it proves: no audit, no action. */
export async function recordAudit(tx: Pick<Transaction, 'auditEvent'>, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({
    data: {
      organizationId: entry.organizationId,
      at: entry.at,
      action: entry.action,
      outcome: entry.outcome,
      actorKind: entry.actor.kind,
      actorId: entry.actor.kind === 'user' ? entry.actor.id : null,
      targetKind: entry.target?.kind ?? null,
      targetId: entry.target?.id ?? null,
      address: entry.context?.address ?? null,
      userAgent: entry.context?.userAgent ?? null,
      requestId: entry.context?.requestId ?? null,
      detail: entry.detail ?? {},
    },
  })
}
