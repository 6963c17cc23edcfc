import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { makeNonce, securityHeaders, type HeaderPolicy } from './security-headers'

const STATUS_OF: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/**
 * Answers what never became a request: bytes that are no HTTP, headers that are too large, or a wish for another
 * protocol. Node's own answer would carry none of our headers.
 */
export function refuseSocket(socket: Duplex, policy: HeaderPolicy, error?: NodeJS.ErrnoException): void {
  if (!socket.writable || error?.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const headers = {
    ...securityHeaders('/', { ...policy, nonce: makeNonce() }),
    'X-Request-Id': randomUUID(),
    'Content-Length': '0',
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${STATUS_OF[error?.code ?? ''] ?? '400 Bad Request'}\r\n${lines.join('\r\n')}\r\n\r\n`)
}
