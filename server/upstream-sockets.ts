import 'server-only'
import { openSockets, type UpstreamSockets } from './octorate/sockets'
import { refreshesAtOnce } from './refresh/permits'
import { timedFetch } from './metrics/timed-fetch'
import { once } from './runtime'

/**
 * The sockets to Octorate that front and pages share; opened when somebody first calls, closed by the stop. For
 * refreshes there are as many as may be under way, so that none waits for a socket while its deadline runs.
 */
export function upstreamSockets(): UpstreamSockets {
  return once('upstream sockets', () => {
    const { background, asked, migrated } = refreshesAtOnce()
    const sockets = openSockets({ refreshSockets: background + asked + migrated })
    return { ...sockets, fetch: timedFetch(sockets.fetch) }
  })
}
