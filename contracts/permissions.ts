export const ROLES = ['owner', 'developer', 'support', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Who may do what. Every endpoint names one permission; every service filters by organization besides. */
export const PERMISSIONS = {
  'connections:read': ['owner', 'developer', 'support', 'viewer'],
  'connections:connect': ['owner', 'developer', 'support'],
  'connections:refresh': ['owner', 'developer', 'support'],
  'connections:pause': ['owner', 'developer'],
  'top-ups:run': ['owner', 'developer'],
  'connections:disconnect': ['owner', 'developer'],
  'connections:import': ['owner', 'developer'],
  'key-migrations:run': ['owner', 'developer'],
  'links:send': ['owner', 'developer', 'support'],
  'links:configure': ['owner', 'developer'],
  'campaigns:run': ['owner', 'developer', 'support'],
  'contacts:write': ['owner', 'developer', 'support'],
  'machine-keys:manage': ['owner', 'developer'],
  'api-clients:read': ['owner', 'developer'],
  'api-clients:write': ['owner', 'developer'],
  'api-clients:production': ['owner'],
  'admin-tokens:reveal': ['owner'],
  'ip-whitelists:manage': ['owner', 'developer'],
  /** Entries wider than /8, in Octorate's list and in a key's restriction. */
  'ip-whitelists:wide': ['owner'],
  'properties:create': ['owner', 'developer'],
  'people:manage': ['owner'],
  'organization:manage': ['owner'],
  'freezes:place': ['owner', 'developer'],
  'freezes:lift': ['owner'],
  'incidents:run': ['owner', 'developer'],
  /** What in an incident hits others, or hands tokens out again. */
  'incidents:decide': ['owner'],
  'audit:read': ['owner', 'developer'],
  'audit:export': ['owner'],
  /** Calls about connections; those about API clients and their configuration need `api-clients:read` besides. */
  'operations:read': ['owner', 'developer', 'support'],
  'doctor:read': ['owner', 'developer'],
  'webhooks:manage': ['owner', 'developer'],
  /** Alerts about connections; the others, and who is told, need `alerts:manage`. */
  'alerts:read': ['owner', 'developer', 'support'],
  'alerts:manage': ['owner', 'developer'],
  'mail:manage': ['owner', 'developer'],
  'mail:open': ['owner'],
  'sessions:own': ['owner', 'developer', 'support', 'viewer'],
  'account:own': ['owner', 'developer', 'support', 'viewer'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** What stays open to somebody who has to enrol a second factor first. */
export const OPEN_BEFORE_ENROLMENT: readonly (Permission | 'public')[] = ['account:own', 'sessions:own']

export function roleMay(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role)
}
