import { openFaultRig, type FaultRig } from './fault-rig'
import { askForToken } from './hand-out'
import { plant } from './plant'
import { countRefused, readRefreshes } from './truth'
import { withCluster } from './with-cluster'

const CALLERS = 100
const UPSTREAM_MS = [50, 5_000, 12_000] as const
const PROCESSES = [1, 4] as const
/** Whether a refresh token works for ever, or once. */
const ROTATIONS = ['off', 'rotate'] as const
const PEER = { clientId: 'race-peer', clientSecret: 'sbx_race_peer', redirectUri: 'https://localhost' } as const

/** Another library that keeps tokens: one expired access token, so many callers at once in one process. */
export type Peer = (given: {
  readonly callers: number
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly accessToken: string
  readonly refreshToken: string
}) => Promise<{ readonly failedCallers: number }>

interface Outcome {
  readonly refreshToken: 'static' | 'works once'
  readonly upstreamMs: number
  readonly upstreamCalls: number
  readonly failedCallers: number
}

/** A hundred callers at once want the access token of one connection, which has expired. */
export function measureRace({ peer, say }: { readonly peer: Peer; say(line: string): void }) {
  return withCluster(async (given) => {
    const keyrack: (Outcome & { processes: number })[] = []
    const others: Outcome[] = []
    for (const rotation of ROTATIONS) {
      for (const upstreamMs of UPSTREAM_MS) {
        const rig = await openFaultRig(given)
        try {
          await rig.sandbox.call('PATCH', 'settings', { refreshRotation: rotation, expiryFields: 'both' })
          await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', delayMs: upstreamMs, count: 0 })
          for (const processes of PROCESSES) keyrack.push({ processes, ...(await race(rig, { rotation, upstreamMs }, () => askKeyrack(rig, processes))) })
          others.push(await race(rig, { rotation, upstreamMs }, () => askPeer(rig, peer)))
          say(`${rotation}, ${upstreamMs} ms: ${JSON.stringify({ keyrack: keyrack.slice(-PROCESSES.length), peer: others.at(-1) })}`)
        } finally {
          await rig.close()
        }
      }
    }
    return { callers: CALLERS, keyrack, peer: others }
  })
}

async function race(rig: FaultRig, given: { rotation: string; upstreamMs: number }, ask: () => Promise<number>): Promise<Outcome> {
  const before = await countCalls(rig)
  const failedCallers = await ask()
  const upstreamCalls = (await countCalls(rig)) - before
  return { refreshToken: given.rotation === 'off' ? 'static' : 'works once', upstreamMs: given.upstreamMs, upstreamCalls, failedCallers }
}

/** @returns how many callers got no token. */
async function askKeyrack(rig: FaultRig, processes: number): Promise<number> {
  const consoles = await Promise.all(Array.from({ length: processes }, () => rig.start()))
  const { machineKey, connectionIds } = await plant(rig, { count: 1, expired: true })
  const id = connectionIds[0] ?? ''
  const asked = Array.from({ length: CALLERS }, async (_, caller) => {
    const console = consoles[caller % processes]
    return console ? askForToken(console, machineKey, id) : null
  })
  const got = await Promise.all(asked)
  await Promise.all(consoles.map((each) => each.kill()))
  return got.filter((answer) => answer?.status !== 200).length
}

async function askPeer({ sandbox }: FaultRig, peer: Peer): Promise<number> {
  await sandbox.addApiClient({ clientId: PEER.clientId, clientSecret: PEER.clientSecret, redirectUris: [PEER.redirectUri] })
  const tokens = await sandbox.grant({ ...PEER, username: 'marco.bianchi', properties: ['324410'] })
  const { clientId, clientSecret } = PEER
  const tokenUrl = `${sandbox.origin}/connect/rest/v1/identity/refresh`
  return (await peer({ callers: CALLERS, tokenUrl, clientId, clientSecret, ...tokens })).failedCallers
}

async function countCalls(rig: FaultRig): Promise<number> {
  return (await readRefreshes(rig)).length + (await countRefused(rig))
}
