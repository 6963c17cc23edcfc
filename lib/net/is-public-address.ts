import { parseIpAddress } from './parse-ip-address'
import { parseIpv6 } from './parse-ipv6'
import { findReserved } from './reserved-ranges'

/** Inside 2000::/3, the only IPv6 space of the open internet: what leads elsewhere all the same, by first group and more. */
const LEADS_ELSEWHERE: readonly ((groups: readonly number[]) => boolean)[] = [
  // 2001::/23: Teredo and other protocol assignments.
  ([first, second = 0]) => first === 0x2001 && second < 0x0200,
  // 2001:db8::/32 and 3fff::/20: documentation.
  ([first, second]) => first === 0x2001 && second === 0x0db8,
  ([first, second = 0]) => first === 0x3fff && second < 0x1000,
  // 2002::/16: 6to4, which wraps any IPv4 address.
  ([first]) => first === 0x2002,
]

/**
 * Whether an IP address, without brackets or zone, is one of the open internet. Everything private, reserved, link-local
 * (cloud metadata among them), loopback, multicast, or IPv4 in the clothes of IPv6 (mapped, NAT64, 6to4) is not, and
 * neither is what is no address.
 */
export function isPublicAddress(text: string): boolean {
  const parsed = parseIpAddress(text)
  if (!parsed.ok) return false
  const { address } = parsed
  if (address.version === 4) return !text.includes(':') && findReserved({ network: address.value, prefixLength: 32 }) === null
  const groups = parseIpv6(text) ?? []
  const isGlobal = ((groups[0] ?? 0) & 0xe000) === 0x2000
  return isGlobal && !LEADS_ELSEWHERE.some((leads) => leads(groups))
}
