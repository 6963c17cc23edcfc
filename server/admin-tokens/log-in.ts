import { AppError } from '../http/app-error'
import { processApiLoginResponse, sendApiLogin, type AdminGrant } from '../octorate/api-login'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import type { Gateway } from '../octorate/gateway-to'

/**
 * Asks for an admin token without keeping it (contract, "Case 2: ApiLogin"): tells a refused API client from a dead grant.
 *
 * @throws AppError `api_client_refused` when Octorate does not take id and secret; upstream errors otherwise.
 */
export async function logIn(gateway: Gateway): Promise<AdminGrant> {
  const answer = await sendApiLogin(gateway.transport, { url: gateway.urls.apiLogin, ...gateway.credentials })
  try {
    return processApiLoginResponse(answer, gateway.policy)
  } catch (error) {
    const isRefused = error instanceof UpstreamRefusal && ['credential', 'bad_request', 'unknown', 'grant'].includes(error.kind)
    if (isRefused) throw new AppError('api_client_refused', { cause: error, upstreamRequestId: error.requestId })
    throw error
  }
}
