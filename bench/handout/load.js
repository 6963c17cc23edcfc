// One load, in a process of its own: every client walks over all paths, each from a place of its own. Takes a job as
// JSON, prints the result as one line of JSON.
import autocannon from 'autocannon'

const { url, host, paths, authorization, seconds, connections } = JSON.parse(process.argv[2])
let clients = 0
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  headers: { host, ...(authorization ? { authorization } : {}) },
  setupClient(client) {
    const start = Math.floor((clients++ * paths.length) / connections)
    client.setRequests([...paths.slice(start), ...paths.slice(0, start)].map((path) => ({ method: 'GET', path })))
  },
})
const { requests, latency, errors, timeouts, non2xx, throughput } = result
console.log(
  JSON.stringify({
    perSecond: requests.total / result.duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    bytesPerAnswer: Math.round(throughput.total / requests.total),
    failures: errors + timeouts + non2xx,
  }),
)
