// One load on one URL, in a process of its own. Takes a job as JSON, prints the result as one line of JSON.
import autocannon from 'autocannon'

const { url, body, seconds, connections } = JSON.parse(process.argv[2])
const result = await autocannon({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
  connections,
  duration: seconds,
})
const { requests, latency, errors, timeouts, non2xx } = result
console.log(
  JSON.stringify({
    perSecond: requests.average,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    failures: errors + timeouts + non2xx,
  }),
)
