import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { db } from '../db'

interface Asked {
  readonly organizationId: string
  readonly onlySandbox: boolean
  readonly since: Date
}

/** How many connections are not disconnected, wait for their hotelier, or hold an access token that was not dropped since. */
export async function countInIncident({ organizationId, onlySandbox, since }: Asked) {
  const where = { organizationId, state: { not: 'disconnected' }, ...(onlySandbox ? ({ environment: 'SANDBOX' } as const) : {}) } as const
  const [connections, reconnectRequired, marked, accessTokens] = await Promise.all([
    db().connection.count({ where }),
    db().connection.count({ where: { ...where, state: 'reconnect_required' } }),
    db().connection.count({ where: { ...where, state: 'reconnect_required', cause: OPERATOR_ASKED } }),
    db().connection.count({ where: { ...where, accessTokenSealed: { not: null }, OR: [{ accessDroppedAt: null }, { accessDroppedAt: { lt: since } }] } }),
  ])
  return { connections, reconnectRequired, marked, accessTokens }
}
