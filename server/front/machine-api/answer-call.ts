import type { IncomingMessage, ServerResponse } from 'node:http'
import { MACHINE_API_BASE } from '@/contracts/paths'
import { parseTraceParent } from '@/lib/traceparent'
import { requireRight } from '../../hand-outs/require-right'
import { tellingOfLists } from '../../hand-outs/telling-of-lists'
import { answerOnce } from '../../idempotency/answer-once'
import { requireRate } from '../../rate-limits/require-rate'
import { AppError } from '../../http/app-error'
import type { MachineActor } from '../../http/machine-actor'
import { describeProblem } from '../../http/problem'
import type { RequestContext } from '../../http/request-context'
import { requireKeys } from '../../crypto/require-keys'
import { authenticateMachineKey } from '../../machine-keys/authenticate'
import type { MachineCaller } from '../../machine-keys/machine-caller'
import { inSpan } from '../../tracing/in-span'
import { callContext } from './call-context'
import type { MachineCall } from './machine-call'
import type { MachineRoute } from './machine-route'
import { parseJson, readChunks, readJsonText, requireLineFormat, takesLines } from './read-body'
import { readQuery } from './read-query'
import { sendAnswer, type MachineAnswer } from './send-answer'

interface Repeated extends MachineActor {
  readonly request: IncomingMessage
  readonly text: string
}

interface Arrival {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly params: Readonly<Record<string, string>>
}

/**
 * Answers one call of the machine API. In this order: key, rate, scope, strict shapes of params, query and body; then the
 * service, whose answer is cut to the output's shape. Whatever is thrown leaves as a problem (RFC 9457).
 */
export function answerCall(route: MachineRoute, arrival: Arrival): Promise<void> {
  const { method, path } = route.endpoint
  const parent = parseTraceParent(arrival.request.headers['traceparent']?.toString())
  return inSpan({ name: `${method} ${MACHINE_API_BASE}${path}`, kind: 'server', parent }, async (span) => {
    const context = callContext(arrival.request)
    const answer = await serve(route, arrival, context).catch((error: unknown) => toRefusal(error, context.requestId))
    span.set('http.response.status_code', answer.status)
    span.set('keyrack.request_id', context.requestId)
    sendAnswer(arrival.response, answer)
  })
}

async function serve(route: MachineRoute, { request, response, params }: Arrival, context: RequestContext): Promise<MachineAnswer> {
  const { endpoint } = route
  requireKeys()
  const target = `${endpoint.method} ${endpoint.path}`
  const show = () => authenticate(request, context, target)
  const caller = await show()
  requireRate(caller.keyId, (name, value) => response.setHeader(name, value))
  const isAboutTokens = endpoint.audit === 'access_token.handed_out'
  await requireRight({ caller, context }, { scope: endpoint.scope, target, isAboutTokens })
  const placed = endpoint.params.safeParse(params)
  if (!placed.success) throw new AppError('not_found')
  const query = endpoint.query.parse(readQuery(request.url ?? ''))
  const format = takesLines(endpoint.takes) ? requireLineFormat(request, endpoint.takes) : 'ndjson'
  const text = await readJsonText(request, endpoint.takes)
  // As in `chunksThen`.
  if (text !== '') await show()
  const body = endpoint.body.parse(endpoint.takes === 'json' ? parseJson(text) : {})
  const call = { caller, context, params: placed.data, query, body, chunks: chunksThen(request, show), format }
  // A hand-out tells of every denial itself, by what was asked for.
  const run = () => (isAboutTokens ? produce(route, call) : tellingOfLists(call, target, () => produce(route, call)))
  const name = endpoint.idempotencyKey ? request.headersDistinct['idempotency-key'] : undefined
  return name ? repeatable(name, { caller, context, request, text }, run) : run()
}

/** A body may take a minute to come, and its key be revoked meanwhile: the key is shown again when the last piece is there. */
async function* chunksThen(request: IncomingMessage, showKey: () => Promise<unknown>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* readChunks(request, 'ndjson')
  await showKey()
}

async function produce({ endpoint, run }: MachineRoute, call: MachineCall<unknown, unknown, unknown>): Promise<MachineAnswer> {
  const output = endpoint.output.safeParse(await run(call))
  if (!output.success) throw new AppError('internal', { cause: output.error })
  if (endpoint.answers === 'csv') return { status: 200, body: String(output.data), headers: { 'content-type': 'text/csv; charset=utf-8' } }
  return { status: 200, body: JSON.stringify(output.data), isPassing: endpoint.isPassing(output.data) }
}

/** Refusals are answers too: who repeats a refused request gets the same refusal. */
async function repeatable(names: readonly string[], given: Repeated, run: () => Promise<MachineAnswer>): Promise<MachineAnswer> {
  const { caller, context, request, text } = given
  const [name = '', ...others] = names
  if (others.length > 0) throw new AppError('idempotency_key_malformed')
  const { keyId, organizationId } = caller
  const asked = { keyId, organizationId, name, method: request.method ?? '', address: request.url ?? '', body: text }
  const done = await answerOnce(asked, () => run().catch((error: unknown) => toRefusal(error, context.requestId)))
  if (!done.isReplay) return done.answer
  const type = done.answer.status < 400 ? 'application/json' : 'application/problem+json'
  return { ...done.answer, headers: { 'content-type': type, 'idempotency-replayed': 'true' } }
}

function authenticate(request: IncomingMessage, context: RequestContext, route: string): Promise<MachineCaller> {
  return authenticateMachineKey(request.headers.authorization, { ...context, route })
}

/** The problem, and for what concerns the key the challenge of RFC 6750. */
export function toRefusal(error: unknown, requestId: string): MachineAnswer {
  const { status, headers, body } = describeProblem(error, requestId)
  const challenge = challengeFor(body.code)
  // What was not read of a body would be taken for the next request.
  const closing = body.code === 'body_too_large' ? { connection: 'close' } : {}
  return { status, body: JSON.stringify(body), headers: { ...headers, ...(challenge ? { 'www-authenticate': challenge } : {}), ...closing } }
}

function challengeFor(code: string): string | null {
  if (code === 'machine_key_missing') return 'Bearer realm="Keyrack"'
  if (code === 'machine_key_invalid') return 'Bearer realm="Keyrack", error="invalid_token"'
  if (code === 'machine_key_scope') return 'Bearer realm="Keyrack", error="insufficient_scope"'
  return null
}
