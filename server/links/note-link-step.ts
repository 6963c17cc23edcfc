import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { FINAL_STATES } from '@/lib/links/link-state'
import type { Transaction } from '../db'

type Writer = Pick<Transaction, 'link'>

interface Step {
  readonly state: 'consented' | 'exchanged' | 'verified'
  readonly at: Date
  /** The connection that a first connect became. */
  readonly connectionId?: string
}

const COLUMN = { consented: 'consentedAt', exchanged: 'exchangedAt', verified: 'verifiedAt' } as const

/** Writes down how far the hotelier is, for the agent who watches the link. Nothing to do for a flow without a link. */
export async function noteLinkStep(tx: Writer, linkId: string | null, { state, at, connectionId }: Step): Promise<void> {
  if (!linkId) return
  await tx.link.updateMany({
    where: { id: linkId, state: { notIn: [...FINAL_STATES] } },
    data: { state, failure: null, [COLUMN[state]]: at, ...(connectionId ? { connectionId } : {}), ...(state === 'verified' ? { endedAt: at } : {}) },
  })
}

const STATE_OF = { consent_refused: 'refused', wrong_property: 'wrong_property' } as const

/** Writes down why a walk did not end in a connection; the hotelier may walk again while the link lives. */
export async function noteLinkFailure(tx: Writer, linkId: string | null, { code, at }: { code: ErrorCode; at: Date }): Promise<void> {
  if (!linkId) return
  const state = code in STATE_OF ? STATE_OF[code as keyof typeof STATE_OF] : 'failed'
  await tx.link.updateMany({ where: { id: linkId, state: { notIn: [...FINAL_STATES] } }, data: { state, failure: code, endedAt: at } })
}
