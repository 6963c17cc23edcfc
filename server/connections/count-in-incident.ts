import 'server-only'
import { db } from '../db'

/** How many connections still have a grant, and how many wait for their hotelier. */
export async function countInIncident({ organizationId, onlySandbox }: { organizationId: string; onlySandbox: boolean }) {
  const where = { organizationId, ...(onlySandbox ? ({ environment: 'SANDBOX' } as const) : {}) }
  const [connections, reconnectRequired] = await Promise.all([
    db().connection.count({ where: { ...where, state: { not: 'disconnected' } } }),
    db().connection.count({ where: { ...where, state: 'reconnect_required' } }),
  ])
  return { connections, reconnectRequired }
}
