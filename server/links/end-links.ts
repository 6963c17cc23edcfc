import 'server-only'
import { FINAL_STATES, type StoredLinkState } from '@/lib/links/link-state'
import { recordAudits, type AuditActor } from '../audit/record-audit'
import type { Transaction } from '../db'
import type { RequestContext } from '../http/request-context'

interface Ending {
  readonly organizationId: string
  readonly recipientIds: readonly string[]
  /** Only those that nobody has opened. */
  readonly unopenedOnly: boolean
  readonly actor: AuditActor
  readonly context?: RequestContext
  readonly now: Date
}

/** Ends the links of recipients of a campaign, each with its proof. @returns how many */
export async function endLinks(tx: Transaction, { organizationId, recipientIds, unopenedOnly, actor, context, now }: Ending): Promise<number> {
  const over: StoredLinkState[] = [...FINAL_STATES]
  const ended = await tx.link.updateManyAndReturn({
    where: {
      organizationId, recipientId: { in: [...recipientIds] }, expiresAt: { gt: now },
      state: unopenedOnly ? 'created' : { notIn: over },
    },
    data: { state: 'revoked', endedAt: now, codeFingerprint: null },
    select: { id: true },
  })
  await recordAudits(tx, ended.map(({ id }) => ({
    action: 'link.revoked' as const, outcome: 'success' as const, organizationId, actor, target: { kind: 'link', id },
    ...(context ? { context } : {}), at: now,
  })))
  return ended.length
}
