import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import type { KeyLineReason } from '@/contracts/key-migrations'
import { isUpstreamError } from '../http/from-upstream'
import { toAppError } from '../http/to-app-error'
import type { RefusalKind, UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import { closeKeyLine } from './close-key-line'
import { putBack } from './put-back'
import { resolveUnknown, type UnknownLine } from './resolve-unknown'
import { retryWaitMs } from './retry-wait'
import { countLoss, holdKeyMigration, slowDown, stopKeyMigration } from './steer'

/** Tries of a page for people, that somebody on the way puts before Octorate. */
const MOST_TRIES = 5

export interface JudgedLine extends UnknownLine {
  readonly tries: number
}

/** Whose fault a definite no is: with none of these did Octorate give a token (contract, "Errors", "Migration of old keys"). */
const REFUSALS: Readonly<Partial<Record<RefusalKind, KeyLineReason>>> = {
  credential: 'old_key_refused',
  wrong_token_kind: 'key_of_other_property',
  not_found: 'key_of_other_property',
  bad_request: 'migration_refused',
  validation: 'migration_refused',
  conflict: 'migration_refused',
  grant: 'migration_refused',
}

/**
 * Writes down what a migration call that gave no token means. A definite no ends the line; what certainly never arrived
 * is sent again later; for all else nobody knows whether Octorate gave a token, and the key is never sent again by itself.
 */
export async function judgeSent(line: JudgedLine, error: unknown): Promise<void> {
  if (isUpstreamError(error)) {
    if (error.name === 'UpstreamRefusal') return judgeRefused(line, error)
    if (error.name === 'UpstreamUnreachable' && !error.maybeProcessed) {
      const waitMs = retryWaitMs(line.tries, error.retryAfterMs)
      await holdKeyMigration(line.migration, waitMs)
      return putBack(line, { to: 'pending', reason: error.code, waitMs })
    }
  }
  const isUnreadable = isUpstreamError(error) && error.name === 'UpstreamNonconformance'
  await resolveUnknown(line, isUnreadable ? 'answer_unreadable' : 'answer_lost', () => countLoss(line.migration))
}

async function judgeRefused(line: JudgedLine, error: UpstreamRefusal): Promise<void> {
  const { kind, code, status } = error
  const waitMs = retryWaitMs(line.tries, error.retryAfterMs)
  if (kind === 'quota') {
    await slowDown(line.migration, waitMs)
    return putBack(line, { to: 'pending', reason: code, waitMs })
  }
  if (kind === 'html_page' && line.tries < MOST_TRIES) {
    await holdKeyMigration(line.migration, waitMs)
    return putBack(line, { to: 'pending', reason: code, waitMs })
  }
  if (kind === 'wrong_environment' || kind === 'permission_missing') await stopKeyMigration(line.migration, 'upstream_refuses')
  const reason: KeyLineReason | ErrorCode = REFUSALS[kind] ?? (kind === 'unknown' && status === 403 ? 'key_of_other_property' : toAppError(error).code)
  await closeKeyLine(line, { state: 'failed', reason })
}
