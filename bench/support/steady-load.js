import { percentiles } from './percentiles.js'

/**
 * Sends `perSecond` requests a second, whatever becomes of those before, until it is stopped.
 *
 * @param send sends one request and answers its status and milliseconds
 * @returns stop(), which waits for the last answer and resolves with the figures
 */
export function startSteadyLoad({ perSecond, send }) {
  const [times, waiting] = [[], new Set()]
  const failures = {}
  const startedAt = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond)
    while (sent < due) {
      const one = send(sent)
        .then(({ status, ms }) => (status === 200 ? times.push(ms) : (failures[status] = (failures[status] ?? 0) + 1)))
        .catch((error) => (failures[error.code ?? error.message] = (failures[error.code ?? error.message] ?? 0) + 1))
        .finally(() => waiting.delete(one))
      waiting.add(one)
      sent += 1
    }
  }, 5)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(waiting)
      return { requests: sent, failed: Object.values(failures).reduce((sum, count) => sum + count, 0), failures, ms: percentiles(times) }
    },
  }
}
