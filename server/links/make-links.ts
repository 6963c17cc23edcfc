import 'server-only'
import { randomUUID } from 'node:crypto'
import { visitorPages } from '@/contracts/paths'
import type { ShownPhoneCode } from '@/contracts/links'
import { LINK_LIFE_MS, type LinkLife } from '@/lib/links/link-life'
import type { HotelierLanguage } from '@/lib/links/languages'
import { recordAudits, type AuditActor } from '../audit/record-audit'
import { digest, randomToken } from '../crypto/digest'
import type { Transaction } from '../db'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { newPhoneCode } from './phone-code'
import { tokenOf } from './repeatable-address'

/** What a sender says of a link. */
export interface LinkWish {
  readonly recipientName?: string | undefined
  readonly recipientEmail?: string | undefined
  readonly language: HotelierLanguage
  readonly reason?: string | undefined
  readonly ticket?: string | undefined
  readonly life: LinkLife
  readonly successUrl?: string | undefined
  readonly errorUrl?: string | undefined
}

/** Where it leads. */
export interface LinkTarget {
  readonly organizationId: string
  readonly apiClientId: string
  readonly connectionId: string | null
  readonly propertyId: string | null
  /** The recipient of a campaign whom it asks; its address then follows from its id, so that a reminder can hold it again. */
  readonly recipientId?: string
  /** Whatever is particular to this one. */
  readonly wish?: Pick<LinkWish, 'recipientName' | 'recipientEmail' | 'language'>
}

interface Sender {
  readonly actor: AuditActor
  /** Absent when nobody asked for it just now. */
  readonly context?: RequestContext
}

/** The address itself is here and nowhere else: the row keeps a digest. */
export interface FreshLink {
  readonly id: string
  readonly recipientId: string | null
  readonly expiresAt: Date
  readonly url: string
  readonly phoneCode: ShownPhoneCode
}

/** Writes down a link for each target, with its proof. */
export async function makeLinks(tx: Transaction, given: { targets: readonly LinkTarget[]; wish: LinkWish; sender: Sender }): Promise<FreshLink[]> {
  const { targets, wish, sender } = given
  const { publicUrl, clock } = getRuntime()
  const now = clock()
  const { life, reason = null, ticket = null, successUrl = null, errorUrl = null } = wish
  const expiresAt = new Date(now.getTime() + LINK_LIFE_MS[life])
  const made = targets.map(({ recipientId = null, wish: own = wish, ...target }) => {
    const id = randomUUID()
    const [token, phoneCode] = [recipientId ? tokenOf(id) : randomToken(), newPhoneCode({ expiresAt }, now)]
    const { recipientName = null, recipientEmail = null, language } = own
    const { actor } = sender
    const row = {
      ...target, ...phoneCode.columns, id, recipientId, language, recipientName, recipientEmail, reason, ticket, successUrl, errorUrl, expiresAt,
      kind: target.connectionId ? ('reconnect' as const) : ('connect' as const),
      tokenDigest: digest(token),
      createdAt: now,
      createdByUserId: actor.kind === 'user' ? actor.id : null,
      machineKeyId: actor.kind === 'machine_key' ? actor.id : null,
    }
    return { row, fresh: { id, recipientId, expiresAt, url: `${publicUrl}${visitorPages.link(token)}`, phoneCode: phoneCode.shown } }
  })
  await tx.link.createMany({ data: made.map(({ row }) => row) })
  await recordAudits(tx, made.map(({ row }) => ({
    action: 'link.created', outcome: 'success', organizationId: row.organizationId, actor: sender.actor,
    target: { kind: 'link', id: row.id },
    detail: { kind: row.kind, connection: row.connectionId, property: row.propertyId, ticket, expiresAt: expiresAt.toISOString() },
    ...(sender.context ? { context: sender.context } : {}), at: now,
  })))
  return made.map(({ fresh }) => fresh)
}
