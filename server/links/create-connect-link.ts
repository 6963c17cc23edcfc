import 'server-only'
import type { MadeLink } from '@/contracts/links'
import { requireApiClient } from '../api-clients/find-api-client'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { requireReturnAddresses } from '../return-addresses/require-return-addresses'
import { composeMessages } from './compose-messages'
import { getLink } from './get-link'
import { makeLinks, type LinkWish } from './make-links'
import { mailedTo, requireAddress, sendByMail } from './send-by-mail'

/**
 * A link by which a hotelier who has no account here connects a property for the first time.
 *
 * @throws AppError `not_found`, `link_needs_callback`, `hotelier_cannot_help`, `return_address_unknown`, `invalid_input`
 */
export async function createConnectLink(
  { viewer, context }: Actor,
  { apiClientId, propertyId, send, ...wish }: LinkWish & { readonly apiClientId: string; readonly propertyId?: string | undefined; readonly send?: 'mail' | undefined },
): Promise<MadeLink> {
  const { organizationId, userId } = viewer
  requireAddress({ ...wish, send })
  const apiClient = await requireApiClient(viewer, apiClientId)
  requireLinkable(apiClient)
  const [fresh] = await transaction(async (tx) => {
    await requireReturnAddresses(tx, apiClient, [wish.successUrl, wish.errorUrl])
    const links = await makeLinks(tx, {
      targets: [{ organizationId, apiClientId, connectionId: null, propertyId: propertyId ?? null }],
      wish,
      sender: { actor: { kind: 'user', id: userId }, context },
    })
    for (const link of send ? links : []) await sendByMail(tx, link, { viewer, wish, connection: null })
    return links
  })
  if (!fresh) throw new AppError('internal')
  const { id, url, phoneCode } = fresh
  const link = await getLink(viewer, id)
  return { link, url, phoneCode, messages: composeMessages(link, { url, organization: viewer.organizationName }), mailed: mailedTo({ ...wish, send }) }
}

/** Only our own callback can receive a hotelier, and only an API client that Octorate takes can exchange what they bring. */
export function requireLinkable({ foreignRedirectUri, refusedAt }: { foreignRedirectUri: string | null; refusedAt: Date | null }): void {
  if (foreignRedirectUri !== null) throw new AppError('link_needs_callback')
  if (refusedAt !== null) throw new AppError('hotelier_cannot_help')
}
