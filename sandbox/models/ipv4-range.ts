/** A single address (prefix 32) or a block; `base` is the address as an unsigned number. */
export type Ipv4Range = { readonly base: number; readonly prefix: number }

const OCTET = '(0|[1-9]\\d{0,2})'
const ADDRESS = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`)
const PREFIX = /^(?:0|[12]\d?|3[0-2]?|[4-9])$/

/**
 * Reads an IPv4 address or a CIDR block, in the two formats that the guide gives (case 3, IP Address Formats) and in
 * nothing else: no leading zeros, no short forms, no masks, no blanks. A block must stand on its boundary, because a
 * text like 8.8.8.8/24 says two things at once.
 * @throws TypeError saying what is wrong.
 */
export function parseIpv4Range(text: string): Ipv4Range {
  const slash = text.indexOf('/')
  const base = parseIpv4(slash < 0 ? text : text.slice(0, slash))
  if (base === undefined) throw new TypeError(`${show(text)}: expected an IPv4 address, or a block like 203.0.113.0/24`)
  if (slash < 0) return { base, prefix: 32 }
  const prefix = text.slice(slash + 1)
  if (!PREFIX.test(prefix)) throw new TypeError(`${show(text)}: expected a prefix length from 0 to 32`)
  const range = { base, prefix: Number(prefix) }
  if (hostBits(range) !== 0) throw new TypeError(`${show(text)}: the block does not start at its own boundary`)
  return range
}

/** Whether the leftmost bits of the address, as many as the prefix says, are the block's (guide, case 3, CIDR Block). */
export function rangeContains({ base, prefix }: Ipv4Range, address: string): boolean {
  const number = parseIpv4(address)
  if (number === undefined) return false
  return prefix === 0 || (number ^ base) >>> (32 - prefix) === 0
}

function parseIpv4(text: string): number | undefined {
  const octets = ADDRESS.exec(text)?.slice(1).map(Number)
  if (!octets || octets.some((octet) => octet > 255)) return undefined
  return octets.reduce((number, octet) => number * 256 + octet, 0)
}

function hostBits({ base, prefix }: Ipv4Range): number {
  return base % 2 ** (32 - prefix)
}

function show(text: string): string {
  return JSON.stringify(text.slice(0, 60))
}
