import 'server-only'
import type { AdminTokenAnswer } from '@/contracts/machine-ip-whitelists'
import { requireMachineApiClient } from '../api-clients/require-machine-api-client'
import { restBaseOf } from '../api-clients/rest-base'
import { recordAudit } from '../audit/record-audit'
import { tokenFingerprint } from '../crypto/token-fingerprint'
import { db } from '../db'
import { isApiClientFrozen } from '../freezes/is-api-client-frozen'
import type { ApiClient } from '../generated/prisma/client'
import { recordDenial } from '../hand-outs/record-denial'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { requireLivingKey } from '../machine-keys/require-living-key'
import { getRuntime } from '../runtime'
import { findHeldRow, obtainAdminToken, openAdminToken } from './hold-admin-token'

/**
 * Hands the admin token of an API client to a back end, for IP authentication: only to a key that is tied to addresses
 * itself, because this token is good for a year and for every property. One is obtained when none is held. Each time is
 * written down before the token is opened: no audit, no token.
 *
 * @throws AppError `not_found`, `machine_key_properties`, `admin_token_needs_restriction`, `frozen`, `api_client_refused`; upstream errors
 */
export async function handOutAdminToken({ caller, context }: MachineActor, apiClientId: string): Promise<AdminTokenAnswer> {
  const apiClient = await requireMachineApiClient(caller, apiClientId)
  const actor = { kind: 'machine_key', id: caller.keyId } as const
  const { organizationId } = caller
  const proof = { action: 'admin_token.handed_out', organizationId, actor, context } as const
  if (!caller.isTiedToAddresses) {
    await recordAudit(db(), {
      ...proof, outcome: 'denied', target: { kind: 'api_client', id: apiClientId }, detail: { reason: 'admin_token_needs_restriction' }, at: getRuntime().clock(),
    })
    throw new AppError('admin_token_needs_restriction')
  }
  await requireNotFrozen({ caller, context }, apiClient)
  if (!(await findHeldRow(apiClient))) {
    await obtainAdminToken(apiClient, { actor, context })
    await requireLivingKey(caller)
    await requireNotFrozen({ caller, context }, apiClient)
  }
  const row = await findHeldRow(apiClient)
  if (!row) throw new AppError('temporarily_unavailable')
  const now = getRuntime().clock()
  await recordAudit(db(), {
    ...proof, outcome: 'success', target: { kind: 'admin_token', id: row.id }, detail: { apiClient: apiClientId, last4: row.tokenLast4 }, at: now,
  })
  const adminToken = openAdminToken(row).reveal()
  return {
    apiClientId, adminToken, expiresAt: row.expiresAt.toISOString(),
    expiresIn: Math.max(1, Math.floor((row.expiresAt.getTime() - now.getTime()) / 1_000)),
    fingerprint: tokenFingerprint(adminToken), restBase: restBaseOf(apiClient),
  }
}

/** A back end that goes on asking is written down once an hour. @throws AppError `frozen` */
async function requireNotFrozen(actor: MachineActor, apiClient: ApiClient): Promise<void> {
  if (!(await isApiClientFrozen(apiClient))) return
  const refusal = new AppError('frozen')
  await recordDenial(actor, { action: 'access.denied', target: { kind: 'endpoint', id: 'GET /api-clients/:id/admin-token' } }, refusal)
  throw refusal
}
