import type { AuditAction } from '@/contracts/audit-actions'
import { recordAudit, type AuditEntry } from '../audit/record-audit'
import type { Transaction } from '../db'
import type { Actor } from '../http/define-handler'

interface Act {
  readonly action: AuditAction
  readonly id: string
  readonly detail?: NonNullable<AuditEntry['detail']>
  readonly at: Date
}

/** Writes down what a person did to a webhook. */
export async function auditWebhook(tx: Transaction, { viewer, context }: Actor, { action, id, detail, at }: Act): Promise<void> {
  await recordAudit(tx, {
    action, outcome: 'success', organizationId: viewer.organizationId, actor: { kind: 'user', id: viewer.userId },
    target: { kind: 'webhook', id }, ...(detail && { detail }), context, at,
  })
}
