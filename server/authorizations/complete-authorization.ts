import 'server-only'
import type { CallbackQuery } from '@/lib/oauth/callback-query'
import type { Viewer } from '../auth/viewer'
import type { RequestContext } from '../http/request-context'
import { AppError } from '../http/app-error'
import { findUpstream } from '../api-clients/list-upstreams'
import type { JournalEntry } from '../journal/journal-entry'
import { settleCode } from '../journal/settle-code'
import { noteLinkStep } from '../links/note-link-step'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { consumeState, type ConsumedAuthorization } from './consume-state'
import { exchangeCode } from './exchange-code'
import { StepRecorder } from './steps'
import { writeDownFailure } from './write-down-failure'

/** Who comes back: the signed-in person, or nobody of ours when a hotelier walked by a link. */
export interface Walker {
  readonly viewer: Viewer | null
  readonly context: RequestContext
}

interface Return {
  readonly query: CallbackQuery
  readonly expected: { readonly apiClientId: string } | { readonly authorizationId: string }
  readonly browserToken: (authorizationId: string) => string | undefined
  readonly arrivedAt: Date
}

export type Completed =
  | {
      readonly outcome: 'connected'
      readonly authorizationId: string
      readonly connectionId: string
      /** A page of ours that was asked for when the flow began; empty for the connection's own. */
      readonly returnTo: string
    }
  | { readonly outcome: 'failed'; readonly authorizationId: string; readonly error: AppError }

/**
 * What happens when the browser comes back from consent: the state is consumed, the code goes to Octorate at once, the
 * raw answer is committed, then it is read and saved. Whatever fails after the state was consumed is an outcome that the
 * flow's page explains.
 *
 * @throws AppError when the return belongs to no flow of this browser and person: then nothing was consumed or sent.
 */
export async function completeAuthorization(walker: Walker, arrival: Return): Promise<Completed> {
  const { query, arrivedAt } = arrival
  if (query.kind === 'malformed') throw new AppError('callback_malformed')
  const authorization = await consumeState({
    ...arrival,
    viewer: walker.viewer,
    state: query.state,
    hasCode: query.kind === 'code',
  })
  const recorder = new StepRecorder()
  recorder.begin('authorize', authorization.createdAt).end('done', arrivedAt.getTime() - authorization.createdAt.getTime())
  const callback = recorder.begin('callback', arrivedAt)
  const walk = { recorder, context: walker.context }
  let entry: JournalEntry | null = null
  try {
    refuseForeignIssuer(authorization, query.issuer)
    if (query.kind === 'refused') throw new AppError('consent_refused')
    await noteLinkStep(db(), authorization.linkId, { state: 'consented', at: arrivedAt })
    callback.end('done', getRuntime().clock().getTime() - arrivedAt.getTime())
    entry = await exchangeCode(authorization, query.code, { recorder, at: getRuntime().clock() })
    const connectionId = await settleCode(entry, walk)
    return { outcome: 'connected', authorizationId: authorization.id, connectionId, returnTo: authorization.returnTo }
  } catch (error) {
    if (!entry && query.kind === 'refused') callback.end('failed', getRuntime().clock().getTime() - arrivedAt.getTime())
    return { outcome: 'failed', authorizationId: authorization.id, error: await writeDownFailure(error, { authorization, entry, walk }) }
  }
}

/** If an issuer is ever named, it must be exactly the one that the browser was sent to. */
function refuseForeignIssuer(authorization: ConsumedAuthorization, issuer: string | null): void {
  if (issuer === null) return
  const expected = findUpstream(authorization.apiClient.upstreamId)?.backOfficeBase
  if (issuer !== expected) throw new AppError('callback_malformed')
}
