import 'server-only'
import type { KeyLineReason } from '@/contracts/key-migrations'
import { findCovering } from '../connections/find-covering'
import { openAccessToken } from '../connections/open-access-token'
import { gatewayOf } from '../refresh/gateways'
import type { RunningMigration } from './claim-key-lines'
import { closeKeyLine } from './close-key-line'
import { readFirstPage } from './read-first-page'
import { saveProbed } from './save-probed'

export interface UnknownLine {
  readonly organizationId: string
  readonly migration: RunningMigration
  readonly number: number
  readonly propertyId: string
  readonly oldKeyId: string
}

/**
 * Ends a line of which nobody knows whether Octorate gave a token. It asks whether the property answers to a token that
 * is held; if so the line is good, and otherwise it is ambiguous: the key is not sent again, for a second token could end
 * the first, and the way back is the consent flow.
 *
 * @param isLost is told before the line is ended: with that ended, another process would begin the next one.
 * @returns whether it is ambiguous.
 */
export async function resolveUnknown(line: UnknownLine, reason: KeyLineReason, isLost: () => Promise<void> = async () => undefined): Promise<boolean> {
  const connectionId = await findAnswering(line)
  if (connectionId) {
    await saveProbed(line, connectionId)
    return false
  }
  await isLost()
  await closeKeyLine(line, { state: 'ambiguous', reason })
  return true
}

async function findAnswering({ organizationId, migration, propertyId }: UnknownLine): Promise<string | null> {
  const covering = await findCovering({ organizationId, apiClientId: migration.apiClientId, propertyIds: [propertyId] })
  const connectionId = covering.get(propertyId)
  if (!connectionId) return null
  const token = await openAccessToken({ organizationId, connectionId })
  if (!token) return null
  // A read that fails proves nothing: the line stays ambiguous, and can be looked at again.
  const properties = await readFirstPage(gatewayOf(migration.apiClient), token).catch(() => [])
  return properties.some(({ upstreamId }) => upstreamId === propertyId) ? connectionId : null
}
