import 'server-only'
import { findCovering } from '../connections/find-covering'
import type { ClaimedKeyLine } from './claim-key-lines'
import { closeKeyLine } from './close-key-line'

/** Leaves out lines whose property was connected since they came: a key that is not needed is not used up. */
export async function skipDoubles(lines: readonly ClaimedKeyLine[]): Promise<ClaimedKeyLine[]> {
  const [first] = lines
  const fresh = lines.filter(({ was }) => was === 'pending')
  if (!first || fresh.length === 0) return [...lines]
  const { organizationId, migration } = first
  const covering = await findCovering({ organizationId, apiClientId: migration.apiClientId, propertyIds: fresh.map(({ propertyId }) => propertyId) })
  const left: ClaimedKeyLine[] = []
  for (const line of lines) {
    const connectionId = line.was === 'pending' ? covering.get(line.propertyId) : undefined
    if (connectionId) await closeKeyLine(line, { state: 'skipped', reason: 'already_connected', connectionId })
    else left.push(line)
  }
  return left
}
