import type { EventType } from '@/contracts/events'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import type { NewEvent } from '../events/announce'
import { connectionFacts, type ConnectionFacts } from '../events/connection-facts'
import type { Connection } from '../generated/prisma/client'

type Row = ConnectionFacts & Pick<Connection, 'organizationId' | 'cause'>

/** What is told of a connection: names and ids, and why. */
export function toConnectionEvent(type: EventType, connection: Row, at: Date): NewEvent {
  const { id, organizationId, name, cause } = connection
  return {
    type, organizationId, name, at,
    about: { kind: 'connection', id },
    data: {
      ...connectionFacts(connection),
      ...(type === 'connection.refresh_failing' && { cause: cause ?? 'unknown' }),
      ...(type === 'connection.reconnect_required' && cause === OPERATOR_ASKED && { cause }),
    },
  }
}
