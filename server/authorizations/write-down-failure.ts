import 'server-only'
import { log } from '../log'
import type { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { toAppError } from '../http/to-app-error'
import { refuseEntry, retryEntryLater } from '../journal/entry-state'
import type { JournalEntry } from '../journal/journal-entry'
import { maySettleLater } from '../journal/may-settle-later'
import type { ConsumedAuthorization } from './consume-state'
import { failAuthorization } from './fail-authorization'
import type { StepRecorder } from './steps'

interface Failed {
  readonly authorization: ConsumedAuthorization
  /** Null when no answer came. */
  readonly entry: JournalEntry | null
  readonly walk: { readonly recorder: StepRecorder; readonly context: RequestContext }
}

/** Writes down why an authorization did not end in a connection; an answer that may be of use later waits in the journal. */
export async function writeDownFailure(error: unknown, { authorization, entry, walk }: Failed): Promise<AppError> {
  const refusal = toAppError(error)
  const { requestId } = walk.context
  log().warn({ requestId, authorizationId: authorization.id, refusal: refusal.code, err: refusal.cause ?? refusal }, 'a connect failed')
  const willRetry = entry !== null && maySettleLater(error)
  try {
    if (entry && willRetry) await retryEntryLater(entry.id, refusal.code)
    else if (entry) await refuseEntry(entry, refusal.code)
    await failAuthorization(authorization, { code: refusal.code, willRetry, ...walk })
  } catch (err) {
    log().error({ requestId, err }, 'the outcome of a connect could not be written down')
  }
  return refusal
}
