import type { IncomingMessage } from 'node:http'
import { CLIENT_ADDRESS_HEADER, REQUEST_ID_HEADER, type RequestContext } from '../../http/request-context'

const MOST_USER_AGENT = 300

/**
 * What the front found out about a request. Read from the headers that it cleaned, never from Hono's: those are made of
 * the lines as they came in, and hold whatever a stranger wrote.
 */
export function callContext({ headers }: IncomingMessage): RequestContext {
  return {
    requestId: String(headers[REQUEST_ID_HEADER] ?? 'none'),
    address: String(headers[CLIENT_ADDRESS_HEADER] ?? 'unresolved'),
    userAgent: (headers['user-agent'] ?? '').slice(0, MOST_USER_AGENT),
  }
}
