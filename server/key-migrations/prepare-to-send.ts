import 'server-only'
import type { OldApiKey } from '../crypto/tokens'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { toAppError } from '../http/to-app-error'
import type { Gateway } from '../octorate/gateway-to'
import { gatewayOf } from '../refresh/gateways'
import type { ClaimedKeyLine } from './claim-key-lines'
import { closeKeyLine } from './close-key-line'
import { openOldKey } from './old-key'
import { putBack } from './put-back'
import { retryWaitMs } from './retry-wait'
import { holdKeyMigration } from './steer'

interface Call {
  readonly gateway: Gateway
  readonly oldKey: OldApiKey
}

/**
 * What a key is sent with. Where the upstream is not configured any more, or no key opens the old one, the next line would
 * meet the same: the run waits, and the line is sent later, for only here it is certain that it was not.
 *
 * @returns null when it can't be sent now.
 */
export async function prepareToSend(line: ClaimedKeyLine): Promise<Call | null> {
  const { migration, keySealed } = line
  try {
    if (keySealed !== null) return { gateway: gatewayOf(migration.apiClient), oldKey: openOldKey(line, keySealed) }
    await closeKeyLine(line, { state: 'failed', reason: 'secret_unreadable' })
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    const waitMs = retryWaitMs(line.tries)
    await holdKeyMigration(migration, waitMs)
    await putBack(line, { to: 'pending', reason: toAppError(error).code, waitMs })
  }
  return null
}
