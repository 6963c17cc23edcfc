import type { PropertyCreation } from '@/contracts/property-creations'
import type { PropertyCreation as Row } from '../generated/prisma/client'

/** Longer than a call may take. */
const SENDING_MS = 60_000

/** A process that died while it was sending has left nobody who could know. */
export function toDto(row: Row, now: Date): PropertyCreation {
  const { id, name, contactName, email, networkName, failure, upstreamId, networkProperties, at } = row
  const state = row.state === 'sending' && now.getTime() - at.getTime() > SENDING_MS ? 'unknown' : row.state
  return {
    id, name, contactName, email, networkName, state, failure, upstreamId, networkProperties,
    connectionId: state === 'created' ? row.connectionId : null,
    at: at.toISOString(),
  }
}
