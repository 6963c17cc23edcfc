import 'server-only'
import type { Transport } from '../octorate/transport'
import { inSpan } from './in-span'

/** The same transport, whose calls are spans. Octorate is told nothing of our traces. */
export function tracedTransport(transport: Transport): Transport {
  return (request) =>
    inSpan({ name: `octorate ${request.call}`, kind: 'client' }, async (span) => {
      const answer = await transport(request)
      span.set('http.response.status_code', answer.status)
      return answer
    })
}
