import type { AdminToken } from '@/server/crypto/tokens'
import type { ApiConfiguration } from './api-configuration'
import { describeShape } from './describe-shape'
import type { RawAnswer } from './raw-answer'
import { nonconformance, readJsonAnswer } from './read-answer'
import type { Transport } from './transport'
import { READ_LIMITS, type UpstreamCall, type UpstreamRequest } from './upstream-request'
import { configurationSchema } from './wire'

export interface ReadConfigurationInput {
  /** Full address, from `upstreamUrls(…).configuration`. */
  readonly url: string
  readonly adminToken: AdminToken
}

export function readConfigurationRequest({ url, adminToken }: ReadConfigurationInput): UpstreamRequest {
  return { call: 'configuration_read', method: 'GET', url, bearer: adminToken, body: null, limits: READ_LIMITS }
}

/** @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance. */
export function processConfigurationResponse(
  answer: RawAnswer,
  call: UpstreamCall = 'configuration_read',
): ApiConfiguration {
  const parsed = configurationSchema.safeParse(readJsonAnswer(call, answer))
  if (parsed.success) return parsed.data
  throw nonconformance(call, answer, {
    reason: 'shape',
    fault: 'not_a_configuration',
    shape: describeShape(answer.body.reveal()),
  })
}

/** Reads the API client's configuration (contract, "API configuration"). */
export async function readConfiguration(
  transport: Transport,
  input: ReadConfigurationInput,
): Promise<ApiConfiguration> {
  return processConfigurationResponse(await transport(readConfigurationRequest(input)))
}
