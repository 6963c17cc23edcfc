/** `noun.verb` in the past tense: everything that the audit log can hold. */
export const AUDIT_ACTIONS = [
  'organization.created',
  'session.started',
  'session.refused',
  'session.ended',
  'session.revoked',
  'access.denied',
  'api_client.registered',
  'api_client.changed',
  'api_client.secret_rotated',
  'api_client.deleted',
  'admin_token.obtained',
  'redirect_uri.registered',
  'authorization.started',
  'authorization.refused',
  'authorization.completed',
  'connection.connected',
  'connection.properties_chosen',
  'connection.refreshed',
  'connection.refresh_refused',
  'connection.disconnected',
] as const

export type AuditAction = (typeof AUDIT_ACTIONS)[number]
