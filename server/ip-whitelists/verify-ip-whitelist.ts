import 'server-only'
import type { IpWhitelist, Verification } from '@/contracts/ip-whitelists'
import { personAt } from '../address-lists/list-actor'
import { withAdminToken } from '../admin-tokens/with-admin-token'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordCalls } from '../calls/record-calls'
import type { Actor } from '../http/define-handler'
import { UpstreamNonconformance } from '../octorate/errors/upstream-nonconformance'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import { readProperty } from '../octorate/read-property'
import { getIpWhitelist } from './get-ip-whitelist'
import { keepVerification } from './keep-verification'

type Answer = Pick<Verification, 'outcome' | 'status' | 'message' | 'upstreamRequestId'>

/**
 * Shows Octorate the admin token for one property, from this server, and keeps the answer. There is no other way to know:
 * the list is in Octorate's firewall, and only its answer tells whether it holds the address that it sees of us.
 *
 * @throws AppError `not_found`; `api_client_refused` when it is not even logged in
 */
export async function verifyIpWhitelist(actor: Actor, apiClientId: string, propertyId: string): Promise<IpWhitelist> {
  const who = personAt(actor)
  const apiClient = await requireApiClient(who, apiClientId)
  const answer = await recordCalls(apiClient, { act: 'ip_whitelist', actor: who.audit, context: actor.context }, ({ transport, urls }, watched) =>
    withAdminToken(apiClient, watched, async (adminToken): Promise<Answer> => {
      const { status, requestId } = await readProperty(transport, { url: urls.properties, adminToken, propertyId })
      return { outcome: 'allowed', status, message: null, upstreamRequestId: requestId }
    }).catch(toAnswer),
  )
  await keepVerification(who, { apiClientId, machineKeyId: null }, { ...answer, propertyId, host: null })
  return getIpWhitelist(who, apiClientId)
}

/** @throws whatever is no answer of Octorate's to the question */
function toAnswer(error: unknown): Answer {
  if (error instanceof UpstreamRefusal && error.call === 'property_by_address') {
    const { status, kind, requestId, detail, type } = error
    return { outcome: kind === 'wrong_token_kind' ? 'refused' : 'unclear', status, message: detail?.message ?? type, upstreamRequestId: requestId }
  }
  if (error instanceof UpstreamNonconformance && error.call === 'property_by_address') {
    return { outcome: 'unclear', status: error.status, message: error.fault ?? error.reason, upstreamRequestId: error.requestId }
  }
  if (error instanceof UpstreamUnreachable && error.call === 'property_by_address') {
    return { outcome: 'unclear', status: error.status, message: error.reason, upstreamRequestId: error.requestId }
  }
  throw error
}
