import 'server-only'
import type { AdminToken } from '../crypto/tokens'
import type { ApiClient } from '../generated/prisma/client'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import { findAdminToken, obtainAdminToken, type Who } from './hold-admin-token'

/**
 * Does `use` with the stored admin token, or with a new one when none is held. When Octorate takes the stored one no
 * longer, it logs in once and does it again (contract, "Errors": 401 and `ApiLoginExpired`).
 *
 * @throws AppError `api_client_refused`; whatever `use` throws.
 */
export async function withAdminToken<T>(
  apiClient: ApiClient,
  who: Who,
  use: (token: AdminToken, isNew: boolean) => Promise<T>,
): Promise<T> {
  const held = await findAdminToken(apiClient)
  if (held) {
    try {
      return await use(held, false)
    } catch (error) {
      if (!isStale(error)) throw error
    }
  }
  return use(await obtainAdminToken(apiClient, who), true)
}

/** A refusal of the token itself: it expired, or was ended at Octorate. */
export function isStale(error: unknown): boolean {
  return error instanceof UpstreamRefusal && (error.kind === 'access_token_expired' || error.kind === 'credential')
}
