import 'server-only'
import type { UpstreamFetch } from '../octorate/sockets'
import { metrics } from './metrics'

/** The same `fetch`, which remembers how long Octorate takes until the headers of its answer. */
export function timedFetch(send: UpstreamFetch): UpstreamFetch {
  return async (url, init, request) => {
    const startedAt = performance.now()
    const note = (status: number) => metrics().upstream.observe({ call: request.call, status }, (performance.now() - startedAt) / 1000)
    try {
      const answer = await send(url, init, request)
      note(answer.status)
      return answer
    } catch (error) {
      note(0)
      throw error
    }
  }
}
