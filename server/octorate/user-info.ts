import type { AccessToken } from '@/server/crypto/tokens'
import { describeShape } from './describe-shape'
import type { RawAnswer } from './raw-answer'
import { nonconformance, readJsonAnswer } from './read-answer'
import type { Transport } from './transport'
import { READ_LIMITS, type UpstreamRequest } from './upstream-request'
import { userInfoSchema } from './wire'

export interface UserInfoInput {
  /** Full address, from `upstreamUrls(…).userInfo`. */
  readonly url: string
  readonly accessToken: AccessToken
}

/** The person who consented; at least one of the three is told. */
export interface ConsentingUser {
  readonly name: string | null
  readonly email: string | null
  readonly username: string | null
}

export function userInfoRequest({ url, accessToken }: UserInfoInput): UpstreamRequest {
  return { call: 'user_info', method: 'GET', url, bearer: accessToken, body: null, limits: READ_LIMITS }
}

/** @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance. */
export function processUserInfoResponse(answer: RawAnswer): ConsentingUser {
  const parsed = userInfoSchema.safeParse(readJsonAnswer('user_info', answer))
  if (parsed.success) return parsed.data
  const shape = describeShape(answer.body.reveal())
  throw nonconformance('user_info', answer, { reason: 'shape', fault: 'not_a_user', shape })
}

/** Reads who consented (contract, "Reading what a token covers"). */
export async function readUserInfo(transport: Transport, input: UserInfoInput): Promise<ConsentingUser> {
  return processUserInfoResponse(await transport(userInfoRequest(input)))
}
