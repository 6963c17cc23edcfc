import 'server-only'
import { randomBytes } from 'node:crypto'
import { visitorPages } from '@/contracts/paths'
import type { ShownPhoneCode } from '@/contracts/links'
import { makePhoneCode, PHONE_CODE_LIFETIME_MS, showPhoneCode } from '@/lib/links/phone-code'
import { fingerprint } from '../crypto/digest'
import { requireKeys } from '../crypto/require-keys'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireLink } from './require-link'

/** Bytes of which eight fair characters come out, but for one time in 10^20. */
const RANDOM_BYTES = 64

/** A keyed fingerprint: whoever has the database alone cannot try all codes. */
export function fingerprintOfCode(code: string): string {
  return fingerprint(requireKeys().derive('phone code'), code)
}

/** What a link's row keeps of a new phone code, and what the agent sees of it. It never outlives its link. */
export function newPhoneCode(link: { readonly expiresAt: Date }, now: Date) {
  const code = makePhoneCode(randomBytes(RANDOM_BYTES))
  const codeExpiresAt = new Date(Math.min(now.getTime() + PHONE_CODE_LIFETIME_MS, link.expiresAt.getTime()))
  const shown: ShownPhoneCode = {
    code: showPhoneCode(code),
    address: `${getRuntime().publicUrl}${visitorPages.phoneCode()}`,
    expiresAt: codeExpiresAt.toISOString(),
  }
  return { columns: { codeFingerprint: fingerprintOfCode(code), codeExpiresAt, codeUsedAt: null }, shown }
}

/** A new phone code for a link that nobody opened yet; the one before ends. @throws AppError `not_found`, `link_over` */
export async function renewPhoneCode({ viewer, context }: Actor, id: string): Promise<ShownPhoneCode> {
  const { organizationId, userId } = viewer
  await requireLink(viewer, id)
  const now = getRuntime().clock()
  return transaction(async (tx) => {
    const where = { id, organizationId, state: 'created', expiresAt: { gt: now } } as const
    const link = await tx.link.findFirst({ where, select: { expiresAt: true } })
    if (!link) throw new AppError('link_over')
    const { columns, shown } = newPhoneCode(link, now)
    const renewed = await tx.link.updateMany({ where, data: columns })
    if (renewed.count === 0) throw new AppError('link_over')
    await recordAudit(tx, {
      action: 'link.code_made', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'link', id }, context, at: now,
    })
    return shown
  })
}
