import 'server-only'
import { openSockets, type UpstreamSockets } from './octorate/sockets'
import { getRuntime, once } from './runtime'

/** The sockets to Octorate that front and pages share; opened when somebody first calls, closed by the stop. */
export function upstreamSockets(): UpstreamSockets {
  return once('upstream sockets', () => openSockets({ refreshSockets: getRuntime().env.KEYRACK_REFRESH_IN_FLIGHT }))
}
