import 'server-only'
import { FINAL_STATES } from '@/lib/links/link-state'
import type { HotelierLanguage } from '@/lib/links/languages'
import { openFlow, type StartedAuthorization } from '../authorizations/open-flow'
import { recordAudit } from '../audit/record-audit'
import { digest } from '../crypto/digest'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import type { Visit } from './find-visit'

/** A hotelier who needs more tries has another problem. */
const MOST_WALKS = 30

interface Walk {
  readonly browserToken: string
  readonly language: HotelierLanguage
  readonly context: RequestContext
}

/**
 * Leaves for consent by a link. The first time opens it, for this browser alone; from then on only this browser goes
 * again, until the link is used, revoked or over. One statement decides, so of two browsers at once one has it.
 *
 * @throws AppError `link_over`
 */
export function walk({ link }: Visit, { browserToken, language, context }: Walk): Promise<StartedAuthorization> {
  const browserDigest = digest(browserToken)
  const { apiClient, connection } = link
  const wish = { apiClient, context, userId: null, linkId: link.id, expectedConnectionId: link.kind === 'reconnect' ? (connection?.id ?? null) : null, returnTo: '' }
  return openFlow(wish, async (tx, now) => {
    if (link.kind === 'reconnect' && !connection) throw new AppError('link_over')
    const opened = await openLink(tx, { id: link.id, browserDigest, language, now })
    if (opened) return noteOpened(tx, { link, context, by: 'link', now })
    const again = await tx.link.updateMany({
      where: { id: link.id, browserDigest, state: { notIn: ['created', ...FINAL_STATES] }, expiresAt: { gt: now } },
      data: { state: 'opened', consentedAt: null, exchangedAt: null, endedAt: null, language },
    })
    const walks = await tx.authorization.count({ where: { linkId: link.id } })
    if (again.count === 0 || walks >= MOST_WALKS) throw new AppError('link_over')
  })
}

interface Opening {
  readonly id: string
  readonly browserDigest: string
  readonly language: HotelierLanguage
  readonly now: Date
}

async function openLink(tx: Transaction, { id, browserDigest, language, now }: Opening): Promise<boolean> {
  const opened = await tx.link.updateMany({
    where: { id, state: 'created', browserDigest: null, expiresAt: { gt: now } },
    data: { state: 'opened', openedAt: now, browserDigest, language, codeFingerprint: null },
  })
  return opened.count === 1
}

interface Opened {
  readonly link: { readonly id: string; readonly organizationId: string }
  readonly context: RequestContext
  readonly by: 'link' | 'code'
  readonly now: Date
}

export async function noteOpened(tx: Transaction, { link, context, by, now }: Opened): Promise<void> {
  await recordAudit(tx, {
    action: 'link.opened', outcome: 'success', organizationId: link.organizationId, actor: { kind: 'anonymous' },
    target: { kind: 'link', id: link.id }, detail: { by }, context, at: now,
  })
}
