import { formatIpv4 } from './parse-ipv4'

/** An IPv4 network: `network` is an unsigned 32-bit number without host bits. A single address is a /32. */
export interface CidrBlock {
  readonly network: number
  readonly prefixLength: number
}

/** The canonical text: `8.8.8.0/24`, and a single address without `/32`. */
export function formatCidrBlock({ network, prefixLength }: CidrBlock): string {
  const address = formatIpv4(network)
  return prefixLength === 32 ? address : `${address}/${prefixLength}`
}

/** How many addresses the block covers, from 1 to 4,294,967,296. */
export function cidrSize({ prefixLength }: CidrBlock): number {
  return 2 ** (32 - prefixLength)
}

/** The network that an address belongs to at a prefix length: its host bits set to zero. */
export function networkOf(address: number, prefixLength: number): number {
  const size = 2 ** (32 - prefixLength)
  return Math.floor(address / size) * size
}

/** The fewest blocks that cover exactly the addresses from `first` to `last`, in order. */
export function cidrsOfRange(first: number, last: number): CidrBlock[] {
  const blocks: CidrBlock[] = []
  let next = first
  while (next <= last) {
    let prefixLength = 32
    while (
      prefixLength > 0 &&
      networkOf(next, prefixLength - 1) === next &&
      next + 2 ** (33 - prefixLength) - 1 <= last
    ) {
      prefixLength -= 1
    }
    blocks.push({ network: next, prefixLength })
    next += 2 ** (32 - prefixLength)
  }
  return blocks
}
