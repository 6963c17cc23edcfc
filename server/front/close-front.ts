import type { Server } from 'node:http'

const DRAIN_MS = 10_000

/** Takes no new request and lets those under way finish, for at most ten seconds. */
export function closeFront(front: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => front.closeAllConnections(), DRAIN_MS)
    front.close(() => {
      clearTimeout(timer)
      resolve()
    })
    front.closeIdleConnections()
  })
}
