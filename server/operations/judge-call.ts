import type { OperationCause } from '@/contracts/operations'
import type { Exchange } from '@/contracts/exchange'
import type { Secret } from '../crypto/secret'
import { classifyAnswer } from '../octorate/error-table'
import type { UpstreamNonconformance } from '../octorate/errors/upstream-nonconformance'
import type { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import { maskExchange } from '../octorate/mask-exchange'
import { maskText } from '../octorate/mask-text'
import { secretsOf } from '../octorate/secrets-of'
import { toShownExchange } from '../octorate/to-shown-exchange'
import type { WatchedCall } from '../octorate/watch-calls'
import type { ApiError } from '../octorate/wire'

const MOST_MESSAGES = 12
const LONGEST_TYPE = 60

interface Judged {
  readonly status: number | null
  readonly cause: OperationCause | null
  readonly type: string | null
  readonly messages: string[]
  readonly requestId: string | null
  readonly exchange: Exchange
}

/** What is kept of a call, with nothing in it that is secret: what came, why it failed, and in whose words. */
export function judgeCall(call: WatchedCall): Judged {
  const exchange = toShownExchange(maskExchange(call))
  const { result } = call
  const secrets = secretsOf(call.request)
  if (result instanceof Error) {
    return { status: exchange.status, cause: causeOf(result), type: null, messages: [], requestId: requestIdOf(result), exchange }
  }
  const { status, headers, body } = result
  const judged = classifyAnswer({ status, contentType: headers.contentType, bodyText: body.reveal() })
  const error = judged.outcome === 'refusal' ? judged.error : null
  return {
    status,
    cause: judged.outcome === 'success' ? null : judged.outcome === 'refusal' ? judged.kind : judged.outcome === 'unreachable' ? 'upstream_error' : 'nonconformance',
    type: error?.type ? maskText(error.type, { secrets, maxCharacters: LONGEST_TYPE }) : null,
    messages: error ? messagesOf(error, secrets).slice(0, MOST_MESSAGES) : [],
    requestId: headers.requestId,
    exchange,
  }
}

function causeOf(error: Error): OperationCause {
  if (isNonconformance(error)) return 'nonconformance'
  if (error.name === 'UpstreamUnreachable' && (error as UpstreamUnreachable).reason.startsWith('timeout')) return 'timeout'
  return 'unreachable'
}

function requestIdOf(error: Error): string | null {
  return isNonconformance(error) ? error.requestId : null
}

/** By its name: the call may have been made by the pages, which have a class of their own. */
function isNonconformance(error: Error): error is UpstreamNonconformance {
  return error.name === 'UpstreamNonconformance'
}

/** Its own words first, then those of what is nested in it, each once. */
function messagesOf({ message, humanName, element, suggestion, nested }: ApiError, secrets: readonly Secret[]): string[] {
  const own = [message ?? humanName, element, suggestion].flatMap((each) => (each ? [maskText(each, { secrets })] : []))
  return [...new Set([own.join(' · '), ...nested.flatMap((each) => messagesOf(each, secrets))])].filter((each) => each !== '')
}
