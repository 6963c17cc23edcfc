import { makeConnected, type Connected } from './consent-flow'
import { makeActor } from './factories'
import type { MachineFront } from './machine-front'
import { makeMachineKey, type TestMachineKey } from './make-machine-key'
import type { Rig } from './runtime'

export interface MachineSetting extends Connected {
  readonly key: TestMachineKey
}

/** An organization with one connection, and a key of its back end that may do everything. */
export async function makeMachineSetting(rig: Rig, upstreamId: 'sandbox' | 'gated' = 'sandbox'): Promise<MachineSetting> {
  const actor = await makeActor()
  return { ...(await makeConnected(rig, actor, upstreamId)), key: await makeMachineKey(actor) }
}

interface TokenAnswer {
  readonly status: number
  readonly code: string | undefined
  readonly retryAfter: string | undefined
  readonly accessToken: string
  readonly fingerprint: string
  readonly expiresIn: number
}

/** Asks for the connection's access token as its back end does. */
export async function askToken(front: MachineFront, { connectionId, key }: Pick<MachineSetting, 'connectionId' | 'key'>, query = ''): Promise<TokenAnswer> {
  const answer = await front.call('GET', `/api/v1/connections/${connectionId}/access-token${query}`, { as: key.header })
  const body = answer.json() as Partial<TokenAnswer> & { code?: string }
  const { accessToken = '', fingerprint = '', expiresIn = 0 } = body
  return { status: answer.status, code: body.code, retryAfter: answer.headers['retry-after'], accessToken, fingerprint, expiresIn }
}

/** What the sandbox says of a token that was handed out: the oracle is upstream, never "no error was seen". */
export function isLive({ sandbox }: Pick<Rig, 'sandbox'>, { accessToken }: Pick<TokenAnswer, 'accessToken'>): boolean {
  return sandbox.control.inspect(accessToken).status === 'live'
}

