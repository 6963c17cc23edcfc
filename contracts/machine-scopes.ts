/** What a machine key may do. Deny by default; none of them can make keys or read a refresh token. */
export const MACHINE_SCOPES = [
  /** Names, ids, status and expiry of connections and properties; no token. */
  'connections:read',
  /** Access tokens, one or many, and reporting that one was refused. */
  'tokens:read',
  /** Connects by a code that the integrator's own callback received. */
  'connections:create',
  /** Makes links by which hoteliers connect or reconnect, and follows them; no token. */
  'links:create',
  /** Brings refresh tokens from another system. */
  'connections:import',
  'connections:disconnect',
  /** The list of addresses that Octorate should let in for an API client. */
  'ip-whitelists:manage',
  /** The admin token of an API client, for keys that are tied to addresses themselves. */
  'admin-tokens:read',
  /** Turns keys of the deprecated API into connections, and reads how far that is. */
  'migrations:run',
] as const

export type MachineScope = (typeof MACHINE_SCOPES)[number]
