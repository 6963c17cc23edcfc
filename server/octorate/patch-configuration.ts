import type { AdminToken } from '@/server/crypto/tokens'
import type { ApiConfiguration, ConfigurationChange } from './api-configuration'
import type { RawAnswer } from './raw-answer'
import { requireSuccess } from './read-answer'
import { processConfigurationResponse } from './read-configuration'
import type { Transport } from './transport'
import { READ_LIMITS, type UpstreamRequest } from './upstream-request'
import { toConfigurationPatch } from './wire'

export interface PatchConfigurationInput {
  /** Full address, from `upstreamUrls(…).configuration`. */
  readonly url: string
  readonly adminToken: AdminToken
  readonly change: ConfigurationChange
}

/**
 * The request that writes part of a configuration. Only what the change names is sent; `redirectUris` replaces
 * the whole list, so the caller has read it just before (contract, "API configuration").
 *
 * @throws TypeError on a change that changes nothing.
 */
export function patchConfigurationRequest({ url, adminToken, change }: PatchConfigurationInput): UpstreamRequest {
  const value = toConfigurationPatch(change)
  if (Object.keys(value).length === 0) throw new TypeError('a configuration change names at least one field')
  return {
    call: 'configuration_change',
    method: 'PATCH',
    url,
    bearer: adminToken,
    body: { kind: 'json', value },
    limits: READ_LIMITS,
  }
}

/**
 * The configuration as Octorate echoes it; null for an answer without a body, after which one reads again.
 *
 * @throws UpstreamUnreachable (it may have been written all the same), UpstreamRefusal or UpstreamNonconformance.
 */
export function processPatchConfigurationResponse(answer: RawAnswer): ApiConfiguration | null {
  requireSuccess('configuration_change', answer)
  const isBare = [200, 204].includes(answer.status) && answer.body.reveal().trim() === ''
  return isBare ? null : processConfigurationResponse(answer, 'configuration_change')
}

/** Writes part of the configuration. */
export async function patchConfiguration(
  transport: Transport,
  input: PatchConfigurationInput,
): Promise<ApiConfiguration | null> {
  return processPatchConfigurationResponse(await transport(patchConfigurationRequest(input)))
}
