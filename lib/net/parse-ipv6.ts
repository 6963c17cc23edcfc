import { parseIpv4 } from './parse-ipv4'

export type Ipv6Groups = readonly [number, number, number, number, number, number, number, number]

const GROUP = /^[0-9A-Fa-f]{1,4}$/
const LONGEST_TEXT = 45

/**
 * Reads an IPv6 address (RFC 4291, section 2.2) into its eight 16-bit groups; null when it is none.
 * An embedded IPv4 tail follows the strict rule of {@link parseIpv4}. Zones (`%eth0`) are refused.
 */
export function parseIpv6(text: string): Ipv6Groups | null {
  if (text.length < 2 || text.length > LONGEST_TEXT) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half) => readGroups(half))
  if (!head) return null
  if (tail === undefined) return halves.length === 1 ? asEight(head) : null
  if (tail === null || head.length + tail.length > 7) return null
  return asEight([...head, ...Array.from<number>({ length: 8 - head.length - tail.length }).fill(0), ...tail])
}

/** The IPv4 address inside an IPv4-mapped one (`::ffff:0:0/96`) as an unsigned 32-bit number, else null. */
export function mappedIpv4(groups: Ipv6Groups): number | null {
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return isMapped ? groups[6] * 65_536 + groups[7] : null
}

/** Writes the canonical text of RFC 5952: lower case, the longest run of zero groups as `::`. */
export function formatIpv6(groups: Ipv6Groups): string {
  const texts = groups.map((group) => group.toString(16))
  const { start, length } = longestZeroRun(groups)
  if (length < 2) return texts.join(':')
  return `${texts.slice(0, start).join(':')}::${texts.slice(start + length).join(':')}`
}

function readGroups(half: string): number[] | null {
  if (half === '') return []
  const parts = half.split(':')
  const last = parts.at(-1) ?? ''
  const hex = last.includes('.') ? parts.slice(0, -1) : parts
  if (!hex.every((part) => GROUP.test(part))) return null
  const groups = hex.map((part) => Number.parseInt(part, 16))
  if (!last.includes('.')) return groups
  const embedded = parseIpv4(last)
  return embedded.ok ? [...groups, Math.floor(embedded.value / 65_536), embedded.value % 65_536] : null
}

function asEight(groups: readonly number[]): Ipv6Groups | null {
  return groups.length === 8 ? (groups as unknown as Ipv6Groups) : null
}

function longestZeroRun(groups: Ipv6Groups): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let length = 0
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0
    if (length > best.length) best = { start: index - length + 1, length }
  }
  return best
}
