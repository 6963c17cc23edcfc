import 'server-only'
import type { CreatedReconnectLinks } from '@/contracts/links'
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

/**
 * A reconnect link for each connection. Where a quota, an outage or our own secret is the cause, no customer can help:
 * such a connection gets none.
 *
 * @throws AppError `not_found` when one is not there; `hotelier_cannot_help` when none gets a link.
 */
export async function createReconnectLinks(
  { viewer, context }: Actor,
  { connectionIds, ...wish }: LinkWish & { readonly connectionIds: readonly string[] },
): Promise<CreatedReconnectLinks> {
  const { organizationId, userId } = viewer
  const ids = [...new Set(connectionIds)]
  const rows = await db().connection.findMany({
    where: { id: { in: ids }, organizationId },
    select: { ...CONNECTION_COLUMNS, apiClientId: true, apiClient: { select: { id: true, name: true, refusedAt: true, foreignRedirectUri: true, deletedAt: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  if (rows.length < ids.length) throw new AppError('not_found')
  const now = getRuntime().clock()
  const offered = rows.filter((row) => isLinkOffered(row, now))
  if (offered.length === 0) throw new AppError(rows.every(({ apiClient }) => apiClient.foreignRedirectUri) ? 'link_needs_callback' : 'hotelier_cannot_help')
  const fresh = await transaction(async (tx) => {
    for (const { id } of offered) await fillContact(tx, { id, organizationId }, wish)
    return makeLinks(tx, {
      targets: offered.map(({ id: connectionId, apiClientId }) => ({ organizationId, apiClientId, connectionId, propertyId: null })),
      wish,
      sender: { actor: { kind: 'user', id: userId }, context },
    })
  })
  const made = await Promise.all(fresh.map(async ({ id, url, phoneCode }) => {
    const link = await getLink(viewer, id)
    return { link, url, phoneCode, messages: composeMessages(link, { url, organization: viewer.organizationName }) }
  }))
  const refused = rows.filter((row) => !offered.includes(row)).map(({ id, name }) => ({ connectionId: id, name }))
  return { made, refused }
}
