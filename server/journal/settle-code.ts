import 'server-only'
import { pages } from '@/contracts/paths'
import type { ErrorCode } from '@/contracts/errors'
import { exchangeStepSchema, type ExchangeStep } from '@/contracts/authorizations'
import { identifyConnection } from '@/lib/connection-identity'
import type { CoverageDifference } from '@/lib/links/coverage-difference'
import { openGateway } from '../api-clients/open-gateway'
import { recordAudit } from '../audit/record-audit'
import { actorOf } from '../authorizations/actor-of'
import { StepRecorder } from '../authorizations/steps'
import { readDifference } from '../connections/read-difference'
import { storeGrant } from '../connections/store-grant'
import { transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import { toJson } from '../database/to-json'
import type { Authorization } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { isUpstreamError } from '../http/from-upstream'
import type { RequestContext } from '../http/request-context'
import { processTokenResponse } from '../octorate/code-exchange'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import type { RawAnswer } from '../octorate/raw-answer'
import { recordExchanges } from '../octorate/record-exchanges'
import { getRuntime } from '../runtime'
import { discover, type Discovery } from './discover'
import { claimEntry } from './entry-state'
import { openAnswer, type JournalEntry } from './journal-entry'
import { noteLinkStep } from '../links/note-link-step'
import { keepApart } from '../quarantined-grants/keep-apart'
import { expectedOf, isExpected } from '../quarantined-grants/expected-property'
import { settleQuarantinedSoon } from '../quarantined-grants/settle-quarantined'

/** What is known when the process that received the answer settles it itself. */
export interface Walk {
  readonly recorder: StepRecorder
  readonly context: RequestContext
}

/**
 * Reads a journalled answer to a code, asks what it covers and saves the connection: all rows in one transaction. Any
 * process may do it, as often as it takes; whoever comes second finds it done.
 *
 * @returns the connection's id.
 * @throws AppError or upstream errors; the answer stays in the journal unless it was a definite refusal.
 */
export async function settleCode(entry: JournalEntry, walk?: Walk): Promise<string> {
  const authorization = await requireAuthorization(entry)
  if (authorization.connectionId) return authorization.connectionId
  const answer = openAnswer(entry)
  const recorder = walk?.recorder ?? resume(authorization, answer)
  const gateway = openGateway(authorization.apiClient)
  const grant = readGrant(() => processTokenResponse(answer, gateway.policy))
  const verify = recorder.begin('verify', getRuntime().clock())
  const shown = showSteps(authorization.id, recorder.steps)
  let discovery: Discovery
  try {
    const watched = recordExchanges(gateway.transport, { clock: getRuntime().clock, onExchange: verify.record })
    discovery = await discover({ ...gateway, ...(walk ? {} : UNHURRIED) }, watched, grant.accessToken)
  } catch (error) {
    verify.end('failed')
    throw laterPerhaps(error, grant.expiresAt > getRuntime().clock())
  } finally {
    await shown
  }
  const identity = identifyConnection(discovery.properties)
  const expected = await expectedOf(authorization)
  const isRight = identity !== null && isExpected(expected, identity, discovery)
  verify.end(isRight ? 'done' : 'failed')
  if (!identity) throw new AppError('no_properties')
  const now = getRuntime().clock()
  if (expected && !isRight) {
    await settleQuarantinedSoon(await keepApart(entry, { authorization, expected, identity, discovery, answer, steps: recorder.steps, now }))
    throw new AppError('wrong_property')
  }
  return transaction(async (tx) => {
    if (!(await claimEntry(tx, entry, now))) return settledElsewhere(tx, authorization.id)
    const difference = expected?.connectionId ? await readDifference(tx, expected.connectionId, discovery.properties) : null
    const connectionId = await storeGrant(tx, {
      organizationId: entry.organizationId,
      apiClientId: entry.apiClientId,
      environment: authorization.environment,
      connectedByUserId: authorization.userId ?? authorization.link?.createdByUserId ?? null,
      origin: 'code',
      identity, discovery, grant, answer, now,
    })
    await finish(tx, authorization, { connectionId, difference, steps: recorder.steps, now, context: walk?.context })
    return connectionId
  })
}

/** Goes on where a process died: its exchange is told by the answer that it left behind. */
function resume({ steps }: Authorization, answer: RawAnswer): StepRecorder {
  const known = exchangeStepSchema.array().parse(steps)
  const recorder = new StepRecorder(known)
  if (known.find(({ name }) => name === 'exchange')?.status === 'pending') {
    recorder.begin('exchange', answer.sentAt).end('done', answer.durationMs)
  }
  return recorder
}

/** Lets whoever looks at the flow see how far it is. Nothing depends on it, so nothing waits for it or fails by it. */
async function showSteps(id: string, steps: readonly ExchangeStep[]): Promise<void> {
  await db()
    .authorization.updateMany({ where: { id, connectionId: null, finishedAt: null }, data: { steps: [...steps] } })
    .catch(() => undefined)
}

/** No browser waits for the settler; it still stays within its claim. */
const UNHURRIED = { pagesWithinMs: 45_000 }

/** The grant is good; only what it covers could not be read. It waits in the journal as long as its access token can ask. */
export function laterPerhaps(error: unknown, mayPass: boolean): unknown {
  if (!isUpstreamError(error)) return error
  return new AppError(error.code, { cause: error, upstreamRequestId: error.requestId, mayPass })
}

/** Another process was faster: what it saved counts. */
async function settledElsewhere(tx: Transaction, authorizationId: string): Promise<string> {
  const { connectionId, failure } = await tx.authorization.findUniqueOrThrow({ where: { id: authorizationId } })
  if (failure === 'wrong_property') throw new AppError('wrong_property')
  if (!connectionId) throw new AppError('conflict')
  return connectionId
}

interface Finish {
  readonly connectionId: string
  readonly difference: CoverageDifference | null
  readonly steps: readonly ExchangeStep[]
  readonly now: Date
  readonly context: RequestContext | undefined
}

async function finish(tx: Transaction, authorization: Authorization, given: Finish): Promise<void> {
  const { connectionId, difference, steps, now, context } = given
  await tx.authorization.update({
    where: { id: authorization.id },
    data: { connectionId, finishedAt: now, failure: null, steps: [...steps], ...(difference ? { difference: toJson(difference) } : {}) },
  })
  await noteLinkStep(tx, authorization.linkId, { state: 'verified', at: now, connectionId })
  const common = {
    outcome: 'success',
    organizationId: authorization.organizationId,
    actor: actorOf(authorization),
    ...(context ? { context } : {}),
    at: now,
  } as const
  await recordAudit(tx, { ...common, action: 'authorization.completed', target: { kind: 'authorization', id: authorization.id } })
  await recordAudit(tx, {
    ...common,
    action: 'connection.connected',
    target: { kind: 'connection', id: connectionId },
    detail: { page: pages.connection(connectionId) },
  })
}

/**
 * What the answer itself says is final, whatever it is: another look would find the same. A refusal of the code is told
 * in words about the code, not about the call.
 */
function readGrant<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isUpstreamError(error)) throw error
    const code = error instanceof UpstreamRefusal ? CODE_REFUSALS[error.kind] : undefined
    throw new AppError(code ?? error.code, { cause: error, upstreamRequestId: error.requestId })
  }
}

const CODE_REFUSALS: Partial<Record<UpstreamRefusal['kind'], ErrorCode>> = {
  credential: 'api_client_refused',
  grant: 'code_refused',
  bad_request: 'code_refused',
  validation: 'code_refused',
  unknown: 'code_refused',
}

async function requireAuthorization(entry: JournalEntry) {
  const authorization = await db().authorization.findFirst({
    where: { id: entry.authorizationId ?? '', organizationId: entry.organizationId },
    include: { apiClient: true, link: { select: { createdByUserId: true, propertyId: true } } },
  })
  if (!authorization) throw new AppError('not_found')
  return authorization
}
