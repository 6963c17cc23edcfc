import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const LOOK_MS = 100

/**
 * Watches the connections of a front, to close it well. Node's own idea of an idle connection leaves out those that never
 * sent a request, which browsers open ahead: they would hold up a stop to its end.
 *
 * @returns what takes no new request and lets those under way finish; what is not over after `withinMs` is cut off.
 */
export function closerOf(front: Server): (withinMs: number) => Promise<void> {
  const silent = new Set<Socket>()
  front.on('setSecureContext' in front ? 'secureConnection' : 'connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  front.prependListener('request', ({ socket }: IncomingMessage) => void silent.delete(socket))
  return (withinMs) =>
    new Promise((resolve) => {
      // A connection that is busy now would bring its next request when it is not.
      front.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => void (response.shouldKeepAlive = false))
      const idle = setInterval(() => front.closeIdleConnections(), LOOK_MS)
      const end = setTimeout(() => front.closeAllConnections(), withinMs)
      front.close(() => {
        clearInterval(idle)
        clearTimeout(end)
        resolve()
      })
      front.closeIdleConnections()
      for (const socket of silent) socket.destroy()
    })
}
