import { randomUUID } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { quotaHolder } from '../checks/within-quota'
import { withoutCookies } from '../control/tape'
import { REPLAY_HEADER } from '../control/tape-control'
import type { FaultRule } from '../control/fault-rules'
import type { World } from '../models/world'
import { apiError } from './answers'
import type { Answer, Endpoint, Exchange } from './exchange'
import { alter, insteadOf, sendFaulty } from './play-fault'
import { readBody } from './read-body'
import type { FindEndpoint } from './routes'
import { headersFor, send } from './send'

const SILENCE: Answer = { status: 0, contentType: '', body: '' }

/** The report is about what clients send; the forms of our own pages are no client's doing. */
const OWN_FORMS = 'consent:submit'

/** Takes one request through its endpoint: fault, steps, truth on disk, answer, tape. */
export function createHandler(world: World, find: FindEndpoint) {
  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    const { endpoint, pathId } = find(method, path)
    const body = method === 'GET' ? Buffer.alloc(0) : await readBody(request)
    const exchange = createExchange(world, endpoint, {
      method,
      path,
      rawQuery: mark < 0 ? '' : url.slice(mark + 1),
      headers: request.headers,
      remoteAddress: addressOf(request),
      body: body ?? Buffer.alloc(0),
      pathId,
    })
    const fault = world.faults.take(endpoint.name, () => claimedClientId(exchange))?.rule
    if (fault?.delayMs) await wait(fault.delayMs, undefined, { ref: false })
    const answer = body ? answerOf(exchange, endpoint, fault) : tooLarge()
    await world.log.durable()
    const requestId = randomUUID()
    const status = await deliver(response, { answer, exchange, endpoint, requestId, ...(fault && { fault }) })
    keepOnTape(exchange, { status, requestId, answer: answer === 'silence' ? SILENCE : answer, ...(fault && { fault: fault.kind }) })
  }
}

/** IPv4 as IPv4, also on a socket that listens on both. */
function addressOf({ socket }: IncomingMessage): string {
  const address = socket.remoteAddress ?? ''
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}

type ExchangeParts = Pick<Exchange, 'method' | 'path' | 'rawQuery' | 'headers' | 'remoteAddress' | 'body' | 'pathId'>

function createExchange(world: World, endpoint: Endpoint, parts: ExchangeParts): Exchange {
  return {
    world,
    endpoint: endpoint.name,
    query: new URLSearchParams(parts.rawQuery),
    notes: [],
    form: undefined,
    json: undefined,
    legacyKey: undefined,
    apiClient: undefined,
    identity: undefined,
    ...parts,
  }
}

function answerOf(exchange: Exchange, endpoint: Endpoint, fault: FaultRule | undefined): Answer | 'silence' {
  const instead = fault && insteadOf(fault)
  if (instead) return instead
  const answer = runSteps(exchange, endpoint)
  return fault ? alter(fault, answer) : answer
}

function runSteps(exchange: Exchange, endpoint: Endpoint): Answer {
  for (const step of endpoint.steps) {
    const answer = step(exchange)
    if (answer) return answer
  }
  throw new TypeError(`${endpoint.name}: no step answered`)
}

type Delivery = {
  readonly answer: Answer | 'silence'
  readonly exchange: Exchange
  readonly endpoint: Endpoint
  readonly requestId: string
  readonly fault?: FaultRule
}

async function deliver(response: ServerResponse, { answer, exchange, endpoint, requestId, fault }: Delivery): Promise<number> {
  if (fault?.delayAfterMs) await wait(fault.delayAfterMs, undefined, { ref: false })
  const shown = answer === 'silence' ? SILENCE : answer
  const extra = endpoint.surface === 'api' ? apiHeaders(exchange, requestId) : {}
  const headers = headersFor(shown, exchange.world.clock.now(), extra)
  if (fault) return sendFaulty(fault, response, { answer: shown, headers })
  send(response, shown, headers)
  return shown.status
}

/** API description, Errors and Quota: what every API answer carries. The last one is ours: Octorate tells nobody what it sees. */
function apiHeaders(exchange: Exchange, requestId: string): OutgoingHttpHeaders {
  const { clock, quota, state } = exchange.world
  const always = { 'request-id': requestId, 'x-sandbox-client-address': exchange.remoteAddress }
  if (state.settings.quotaHeaders === 'none') return always
  return {
    ...always,
    'x-ratelimit-remaining': quota.remaining(quotaHolder(exchange), clock.now(), state.settings),
    ...(state.settings.quotaHeaders === 'both' && { 'x-ratelimit-additional-cost': 0 }),
  }
}

/** Whose request this is by its own word, before any check: enough to aim a fault. */
function claimedClientId({ body, headers, query, world }: Exchange): string {
  const authorization = headers.authorization ?? ''
  if (/^bearer /i.test(authorization)) {
    const bearer = world.bearers.open(authorization.slice(7).trim())
    if (bearer?.kind === 'admin') return world.state.apiClientsByNumber[bearer.holder]?.clientId ?? ''
    return (bearer && world.state.grants[bearer.holder - 1]?.clientId) ?? ''
  }
  if (typeof headers.key === 'string') return clientIdOfKey(world, headers.key)
  return query.get('client_id') ?? new URLSearchParams(body.toString('utf8')).get('client_id') ?? ''
}

function clientIdOfKey({ state }: World, key: string): string {
  return [...state.legacyKeys.values()].find((each) => each.key === key)?.clientId ?? ''
}

type Outcome = { readonly status: number; readonly requestId: string; readonly answer: Answer; readonly fault?: string }

function keepOnTape(exchange: Exchange, outcome: Outcome): void {
  const { world, method, path, rawQuery, endpoint, headers, remoteAddress, form, body, notes } = exchange
  const at = world.clock.now()
  const clientId = whose(exchange)
  const replayOf = Number(headers[REPLAY_HEADER])
  const id = world.tape.add({
    at,
    method,
    path,
    rawQuery,
    endpoint,
    clientId,
    remoteAddress,
    headers: withoutCookies(headers),
    form,
    body,
    notes,
    ...outcome,
    ...(Number.isSafeInteger(replayOf) && { replayOf }),
  })
  if (endpoint !== OWN_FORMS) world.report.add({ id, at, endpoint, clientId, status: outcome.status, notes })
}

/** Whose request this was, by what its checks found out, else by its own word. */
function whose(exchange: Exchange): string {
  const { apiClient, identity } = exchange
  if (apiClient) return apiClient.clientId
  if (identity) return identity.kind === 'property' ? identity.grant.clientId : identity.apiClient.clientId
  return claimedClientId(exchange)
}

function tooLarge(): Answer {
  return { ...apiError(413, { type: 'ApiParamsExemption', message: 'The body is larger than 64 KB' }), headers: { connection: 'close' } }
}
