import 'server-only'
import { openSockets, type UpstreamSockets } from './octorate/sockets'
import { getRuntime, once } from './runtime'

/**
 * The sockets to Octorate that front and pages share; opened when somebody first calls, closed by the stop. For
 * refreshes as many as may be under way in the background, and as many again for those that somebody waits for.
 */
export function upstreamSockets(): UpstreamSockets {
  return once('upstream sockets', () => openSockets({ refreshSockets: 2 * getRuntime().env.KEYRACK_REFRESH_IN_FLIGHT }))
}
