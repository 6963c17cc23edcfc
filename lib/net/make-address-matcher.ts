import { cidrContains } from './cidr-contains'
import { parseCidrBlock } from './parse-cidr-block'
import { parseIpAddress } from './parse-ip-address'

/**
 * Tells whether a caller's address lies in one of the addresses and networks, which are canonical and of IPv4. What is no
 * address, such as `unresolved`, and every IPv6 address lies in none.
 *
 * @throws TypeError for an entry that is not canonical: a list that cannot be read must not pass for an empty one.
 */
export function makeAddressMatcher(entries: readonly string[]): (address: string) => boolean {
  const blocks = entries.map((entry) => {
    const parsed = parseCidrBlock(entry)
    if (!('block' in parsed) || parsed.canonical !== entry) throw new TypeError('not a canonical IPv4 address or network')
    return parsed.block
  })
  return (text) => {
    const parsed = parseIpAddress(text)
    return parsed.ok && blocks.some((block) => cidrContains(block, parsed.address))
  }
}
