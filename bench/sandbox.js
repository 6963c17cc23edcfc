import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../bin/bundle.js'
import { round } from './support/percentiles.js'
import { ROOT } from './sandbox/start-process.js'
import { TARGETS, versionOf } from './sandbox/targets.js'

const CONNECTIONS = 32
const ROUNDS = 5
const WARM_UP_SECONDS = 2
const SECONDS = 3

const PLANS = [
  { name: 'sandboxInMemory', target: 'sandbox', options: {} },
  { name: 'sandboxWithData', target: 'sandbox', options: { durable: true } },
  { name: 'oidcProvider', target: 'oidc-provider', options: {} },
  { name: 'oauth2MockServer', target: 'oauth2-mock-server', options: {} },
]
const LOADS = ['refresh', 'apiLogin']

/**
 * Refresh and ApiLogin (elsewhere: client credentials) per second, in one sitting: the servers stand side by side as
 * processes of their own, and one at a time is loaded by a further process. The median of the rounds counts, for ratios
 * the median of what each round says, so that other work on the machine falls on all alike. A single answer that is not
 * good fails the bench.
 */
export async function measureSandbox({ defer, say }) {
  process.chdir(ROOT)
  await bundle(['sandbox'])
  const servers = []
  for (const { name, target, options } of PLANS) {
    const { packageName, start } = TARGETS[target]
    const version = await versionOf(packageName)
    const server = await start({ defer, ...options })
    servers.push({ name, version, server, rounds: { refresh: [], apiLogin: [] } })
  }
  for (const { server } of servers) for (const load of LOADS) await run(server, load, WARM_UP_SECONDS)
  for (let number = 1; number <= ROUNDS; number += 1) {
    say(`Round ${number} of ${ROUNDS} …`)
    for (const { server, rounds } of servers) for (const load of LOADS) rounds[load].push(await run(server, load, SECONDS))
  }
  const results = Object.fromEntries(
    servers.map(({ name, version, server, rounds }) => [
      name,
      { version, refresh: median(rounds.refresh), apiLogin: median(rounds.apiLogin), memory: server.memory() },
    ]),
  )
  const roundsOf = (name, load) => servers.find((each) => each.name === name).rounds[load]
  const ratio = (one, other, load) => {
    const others = roundsOf(other, load)
    const each = roundsOf(one, load).map(({ perSecond }, index) => perSecond / others[index].perSecond)
    return round(each.toSorted((low, high) => low - high)[Math.floor(each.length / 2)], 2)
  }
  return {
    command: 'npm run bench -- sandbox',
    connections: CONNECTIONS,
    seconds: SECONDS,
    rounds: ROUNDS,
    ...results,
    ratios: {
      refreshInMemoryToOidcProvider: ratio('sandboxInMemory', 'oidcProvider', 'refresh'),
      refreshWithDataToOidcProvider: ratio('sandboxWithData', 'oidcProvider', 'refresh'),
      refreshInMemoryToOauth2MockServer: ratio('sandboxInMemory', 'oauth2MockServer', 'refresh'),
      apiLoginInMemoryToOidcProvider: ratio('sandboxInMemory', 'oidcProvider', 'apiLogin'),
      apiLoginWithDataToOidcProvider: ratio('sandboxWithData', 'oidcProvider', 'apiLogin'),
    },
  }
}

/** With a grant of its own, because oidc-provider's memory holds the latest thousand entries only. */
async function run(server, load, seconds) {
  const { url, body } = (await server.loads())[load]
  const script = path.join(ROOT, 'bench/sandbox/load.js')
  const job = JSON.stringify({ url, body, seconds, connections: CONNECTIONS })
  const { stdout } = await promisify(execFile)(process.execPath, [script, job])
  const result = JSON.parse(stdout)
  if (result.failures > 0 || !(result.perSecond > 0)) throw new Error(`${url}: ${stdout}`)
  return result
}

/** The round whose throughput lies in the middle, whole. */
function median(rounds) {
  const { perSecond, p50Ms, p99Ms } = rounds.toSorted((one, other) => one.perSecond - other.perSecond)[Math.floor(rounds.length / 2)]
  return { perSecond: Math.round(perSecond), p50Ms, p99Ms }
}
