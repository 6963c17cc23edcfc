import 'server-only'
import type { CreatedReconnectLinks } from '@/contracts/links'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { parseLanguage } from '@/lib/links/languages'
import { CONNECTION_COLUMNS } from '../connections/to-dto'
import { fillContact } from '../connections/fill-contact'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { composeMessages } from './compose-messages'
import { getLink } from './get-link'
import { isLinkOffered } from './is-link-offered'
import { makeLinks, type LinkWish } from './make-links'
import { mailedTo, requireAddress, sendByMail } from './send-by-mail'

/**
 * A reconnect link for each connection. Where a quota, an outage or our own secret is the cause, no customer can help:
 * such a connection gets none.
 *
 * @throws AppError `not_found` when one is not there; `hotelier_cannot_help` when none gets a link; `invalid_input` for a mail to nobody.
 */
export async function createReconnectLinks(
  { viewer, context }: Actor,
  { connectionIds, send, ...wish }: LinkWish & { readonly connectionIds: readonly string[]; readonly send?: 'mail' | undefined },
): Promise<CreatedReconnectLinks> {
  const { organizationId, userId } = viewer
  requireAddress({ ...wish, send })
  const ids = [...new Set(connectionIds)]
  const rows = await db().connection.findMany({
    where: { id: { in: ids }, organizationId },
    select: { ...CONNECTION_COLUMNS, ...CONTACT_COLUMNS, apiClientId: true, apiClient: { select: { id: true, name: true, refusedAt: true, foreignRedirectUri: true, deletedAt: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  if (rows.length < ids.length) throw new AppError('not_found')
  const now = getRuntime().clock()
  const offered = rows.filter((row) => isLinkOffered(row, now))
  if (offered.length === 0) throw new AppError(rows.every(({ apiClient }) => apiClient.foreignRedirectUri) ? 'link_needs_callback' : 'hotelier_cannot_help')
  const fresh = await transaction(async (tx) => {
    for (const { id } of offered) await fillContact(tx, { id, organizationId }, wish)
    const links = await makeLinks(tx, {
      targets: offered.map((row) => ({ organizationId, apiClientId: row.apiClientId, connectionId: row.id, propertyId: null, wish: ids.length > 1 ? toContact(row, wish) : wish })),
      wish,
      sender: { actor: { kind: 'user', id: userId }, context },
    })
    for (const [index, link] of send ? links.entries() : []) await sendByMail(tx, link, { viewer, wish, connection: offered[index] ?? null })
    return links
  })
  const made = await Promise.all(fresh.map(async ({ id, url, phoneCode }) => {
    const link = await getLink(viewer, id)
    const isOurWish = offered.some((row) => row.id === link.connection?.id && row.cause === OPERATOR_ASKED)
    return { link, url, phoneCode, messages: composeMessages({ ...link, isOurWish }, { url, organization: viewer.organizationName }), mailed: mailedTo({ ...wish, send }) }
  }))
  const refused = rows.filter((row) => !offered.includes(row)).map(({ id, name, apiClient }) => (
    { connectionId: id, name, code: apiClient.foreignRedirectUri ? 'link_needs_callback' as const : 'hotelier_cannot_help' as const }
  ))
  return { made, refused }
}

const CONTACT_COLUMNS = { contactName: true, contactEmail: true, contactLanguage: true } as const

/** Among several each link is for its own contact, unless one recipient is named for all of them. */
function toContact(
  { contactName, contactEmail, contactLanguage }: { readonly [K in keyof typeof CONTACT_COLUMNS]: string | null },
  wish: Pick<LinkWish, 'recipientName' | 'recipientEmail' | 'language'>,
): Pick<LinkWish, 'recipientName' | 'recipientEmail' | 'language'> {
  if (wish.recipientName !== undefined || wish.recipientEmail !== undefined) return wish
  return { recipientName: contactName ?? undefined, recipientEmail: contactEmail ?? undefined, language: parseLanguage(contactLanguage) ?? wish.language }
}
