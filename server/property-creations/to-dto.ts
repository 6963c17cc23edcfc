import type { PropertyCreation } from '@/contracts/property-creations'
import type { PropertyCreation as Row } from '../generated/prisma/client'

export function toDto(row: Row): PropertyCreation {
  const { id, name, contactName, email, networkName, state, failure, upstreamId, networkProperties, at } = row
  return {
    id, name, contactName, email, networkName, state, failure, upstreamId, networkProperties,
    connectionId: state === 'created' ? row.connectionId : null,
    at: at.toISOString(),
  }
}
