import 'server-only'
import type { Replay } from '@/contracts/key-restrictions'
import { canonicalBlock } from '@/lib/net/canonical-block'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { dayAgo, findRequests, type RequestsFrom } from '../machine-keys/find-addresses-in-use'

const SHOWN = 20

/** What a list would have blocked of the requests with a key in the last 24 h. */
export async function replay(organizationId: string, keyId: string, blocks: readonly string[]): Promise<Replay> {
  return replayOf(await findRequests({ organizationId, keyId, since: dayAgo() }), blocks)
}

export function replayOf(requests: readonly RequestsFrom[], blocks: readonly string[]): Replay {
  const { has } = makeAddressMatcher(blocks.map((block) => canonicalBlock(block)))
  const blocked = requests.filter(({ address }) => !has(address))
  return {
    since: dayAgo().toISOString(),
    requests: sumOf(requests), addresses: requests.length, blockedRequests: sumOf(blocked), blockedAddresses: blocked.length,
    blocked: blocked.slice(0, SHOWN).map(({ address, requests: count, lastAt }) => ({ address, requests: count, lastAt: lastAt.toISOString() })),
  }
}

const sumOf = (rows: readonly RequestsFrom[]) => rows.reduce((sum, { requests }) => sum + requests, 0)
