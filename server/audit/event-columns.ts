import type { ChainedEvent } from './chain'

/** An audit event as PostgreSQL gives it, selected by {@link EVENT_COLUMNS}. */
export interface EventRow {
  readonly id: string
  readonly organization_id: string | null
  readonly at: Date
  readonly action: string
  readonly outcome: string
  readonly actor_kind: string
  readonly actor_id: string | null
  readonly target_kind: string | null
  readonly target_id: string | null
  readonly address: string | null
  readonly user_agent: string | null
  readonly request_id: string | null
  readonly detail: unknown
}

export const EVENT_COLUMNS = `e.id::text, e.organization_id, e.at, e.action, e.outcome, e.actor_kind, e.actor_id, e.target_kind, e.target_id,
  e.address, e.user_agent, e.request_id, e.detail`

export function toChainedEvent(row: EventRow): ChainedEvent {
  return {
    id: row.id,
    organizationId: row.organization_id,
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    targetKind: row.target_kind,
    targetId: row.target_id,
    address: row.address,
    userAgent: row.user_agent,
    requestId: row.request_id,
    detail: row.detail,
  }
}
