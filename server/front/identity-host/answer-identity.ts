import type { IncomingMessage, ServerResponse } from 'node:http'
import { formatConnectionHandle, parseConnectionHandle } from '@/lib/connection-handle'
import { formatUpstreamDate } from '@/lib/time/format-upstream-date'
import type { AccessTokenAnswer } from '@/contracts/machine-api'
import { relayCode } from '../../authorizations/relay-code'
import { isConnectionOf } from '../../connections/is-connection-of'
import { requireKeys } from '../../crypto/require-keys'
import { handOutToken } from '../../hand-outs/hand-out-token'
import { recordDenial } from '../../hand-outs/record-denial'
import { requireRight } from '../../hand-outs/require-right'
import { tellingOfLists } from '../../hand-outs/telling-of-lists'
import { AppError } from '../../http/app-error'
import type { MachineActor } from '../../http/machine-actor'
import { authenticateMachineKey } from '../../machine-keys/authenticate'
import { requireLivingKey } from '../../machine-keys/require-living-key'
import { requireRate } from '../../rate-limits/require-rate'
import { callContext } from '../machine-api/call-context'
import { sendAnswer, type MachineAnswer } from '../machine-api/send-answer'
import { DialectError, toDialect, type IdentityCall } from './dialect-error'
import { readForm, requireField } from './read-form'

type Form = ReadonlyMap<string, string>

/** A new token was asked for: one of the last ten minutes is as good, and makes one refresh of many callers' wishes. */
const MOST_AGE_MS = 10 * 60_000
const MIN_TTL_SECONDS = 60
const CODE = /^[\x21-\x7e]{4,4000}$/

/**
 * Answers a call of code that was written for Octorate's identity service, in Octorate's dialect (contract, "Refresh" and
 * "Case 1"): `client_secret` is a machine key, and `refresh_token` a connection's handle.
 */
export async function answerIdentity(call: IdentityCall, arrival: { request: IncomingMessage; response: ServerResponse }): Promise<void> {
  const { requestId } = callContext(arrival.request)
  const answer = await serve(call, arrival).catch((error: unknown) => toRefusal(toDialect(error, { call, requestId })))
  sendAnswer(arrival.response, { ...answer, headers: { ...answer.headers, 'request-id': requestId } })
}

async function serve(call: IdentityCall, { request, response }: { request: IncomingMessage; response: ServerResponse }): Promise<MachineAnswer> {
  requireKeys()
  const form = await readForm(request)
  const clientId = requireField(form, 'client_id')
  const key = requireField(form, 'client_secret')
  const context = callContext(request)
  const caller = await authenticateMachineKey(`Bearer ${key}`, { ...context, route: `POST /identity/${call}` })
  requireRate(caller.keyId, (name, value) => response.setHeader(name, value))
  const actor = { caller, context }
  await requireRight(actor, { scope: 'tokens:read', target: `POST /identity/${call}`, isAboutTokens: true })
  return call === 'refresh' ? refresh(actor, clientId, form) : relay(actor, clientId, form)
}

async function refresh(actor: MachineActor, clientId: string, form: Form): Promise<MachineAnswer> {
  const connectionId = parseConnectionHandle(requireField(form, 'refresh_token'))
  if (connectionId === null || !(await isConnectionOf(actor.caller, { connectionId, clientId }))) {
    const refusal = new AppError('not_found')
    await recordDenial(actor, { action: 'access_token.denied', target: { kind: 'endpoint', id: 'POST /identity/refresh' } }, refusal)
    throw refusal
  }
  return tokenAnswer(await handOutToken(actor, { connectionId }, { minTtl: MIN_TTL_SECONDS, mostAgeMs: MOST_AGE_MS }))
}

/** A code that existing code's own callback received; the answer's refresh token is the connection's handle. */
async function relay(actor: MachineActor, clientId: string, form: Form): Promise<MachineAnswer> {
  await requireRight(actor, { scope: 'connections:create', target: 'POST /identity/token', isAboutTokens: false })
  if (requireField(form, 'grant_type') !== 'code') throw unknownField('grant_type')
  const code = requireField(form, 'code')
  if (!CODE.test(code)) throw unknownField('code')
  const relayed = { clientId, code, redirectUri: requireField(form, 'redirect_uri') }
  const connectionId = await tellingOfLists(actor, 'POST /identity/token', () => relayCode(actor, relayed))
  await requireLivingKey(actor.caller)
  return tokenAnswer(await handOutToken(actor, { connectionId }, { minTtl: MIN_TTL_SECONDS }), formatConnectionHandle(connectionId))
}

function unknownField(element: string): DialectError {
  return new DialectError(400, { type: 'ApiParamsExemption', message: `Parameter ${element} is not known`, element })
}

/** As Octorate answers a refresh: no refresh token, because the handle stays the same. */
function tokenAnswer(token: AccessTokenAnswer, handle?: string): MachineAnswer {
  return {
    status: 200,
    body: JSON.stringify({
      access_token: token.accessToken,
      ...(handle === undefined ? {} : { refresh_token: handle }),
      expireDate: formatUpstreamDate(new Date(token.expiresAt)),
      expires_in: token.expiresIn,
      token_type: 'Bearer',
    }),
  }
}

export function toRefusal({ status, body, retryAfterSeconds }: DialectError): MachineAnswer {
  const { type, message, element } = body
  return {
    status,
    body: JSON.stringify({ message, type, machine_name: type, human_name: message, ...(element ? { element } : {}), nested: [] }),
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  }
}

