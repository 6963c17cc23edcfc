import { networkOf, type CidrBlock } from './cidr-block'
import { parseIpv4 } from './parse-ipv4'

export type ReservedCode =
  | 'this_network'
  | 'private'
  | 'cgnat'
  | 'loopback'
  | 'link_local'
  | 'protocol_assignments'
  | 'reserved_doc'
  | 'relay_anycast'
  | 'benchmarking'
  | 'multicast'
  | 'broadcast'
  | 'future_use'

/** IANA's special-purpose IPv4 blocks that a remote server never sees as a caller; the narrowest comes first. */
const RESERVED: ReadonlyArray<{ readonly code: ReservedCode; readonly block: CidrBlock }> = [
  reserve('broadcast', '255.255.255.255', 32),
  reserve('protocol_assignments', '192.0.0.0', 24),
  reserve('reserved_doc', '192.0.2.0', 24),
  reserve('reserved_doc', '198.51.100.0', 24),
  reserve('reserved_doc', '203.0.113.0', 24),
  reserve('relay_anycast', '192.88.99.0', 24),
  reserve('link_local', '169.254.0.0', 16),
  reserve('private', '192.168.0.0', 16),
  reserve('benchmarking', '198.18.0.0', 15),
  reserve('private', '172.16.0.0', 12),
  reserve('cgnat', '100.64.0.0', 10),
  reserve('this_network', '0.0.0.0', 8),
  reserve('private', '10.0.0.0', 8),
  reserve('loopback', '127.0.0.0', 8),
  reserve('multicast', '224.0.0.0', 4),
  reserve('future_use', '240.0.0.0', 4),
]

/** The reserved block in which the whole of `block` lies, else null. */
export function findReserved(block: CidrBlock): ReservedCode | null {
  const holder = RESERVED.find(
    ({ block: reserved }) =>
      block.prefixLength >= reserved.prefixLength &&
      networkOf(block.network, reserved.prefixLength) === reserved.network,
  )
  return holder?.code ?? null
}

function reserve(code: ReservedCode, text: string, prefixLength: number) {
  const parsed = parseIpv4(text)
  if (!parsed.ok) throw new TypeError(`not an IPv4 address: ${text}`)
  return { code, block: { network: parsed.value, prefixLength } }
}
