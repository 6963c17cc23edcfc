import type { EventType } from '@/contracts/events'
import type { NewEvent } from '../events/announce'
import type { Connection } from '../generated/prisma/client'

type Row = Pick<Connection, 'id' | 'organizationId' | 'identity' | 'name' | 'environment' | 'cause'> & {
  readonly apiClient: { readonly id: string; readonly name: string }
}

/** What is told of a connection: names and ids, and why. */
export function toConnectionEvent(type: EventType, connection: Row, at: Date): NewEvent {
  const { id, organizationId, identity, name, environment, cause, apiClient } = connection
  const [kind, upstreamId = ''] = identity.split(/:(.*)/s)
  return {
    type, organizationId, name, at,
    about: { kind: 'connection', id },
    data: {
      connection: { id, name, upstreamId, isNetwork: kind === 'network', environment },
      apiClient: { id: apiClient.id, name: apiClient.name },
      ...(type === 'connection.refresh_failing' && { cause: cause ?? 'unknown' }),
    },
  }
}
