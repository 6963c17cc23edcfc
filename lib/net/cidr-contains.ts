import { networkOf, type CidrBlock } from './cidr-block'
import type { IpAddress } from './parse-ip-address'

/**
 * Whether the address lies in the block: the leftmost prefix-length bits are equal
 * (contract, "Case 3: IP address authentication"). An IPv6 address lies in no IPv4 block.
 */
export function cidrContains(block: CidrBlock, address: IpAddress): boolean {
  return address.version === 4 && networkOf(address.value, block.prefixLength) === block.network
}
