import { cidrSize, type CidrBlock } from './cidr-block'
import { parseIpAddress } from './parse-ip-address'
import { scanIpv4 } from './parse-ipv4'
import { sortBlocks } from './sort-blocks'

/** The entry that comes nearest to an address that is in none. */
export interface NearMiss {
  readonly place: number
  /** How many addresses lie between, and one: a neighbour has 1. */
  readonly distance: number
  /** Whether the entry lies below the address or above it. */
  readonly side: 'below' | 'above'
}

/** A list of blocks made ready to be asked: exact for every address, and never changed afterwards. */
export interface AddressMatcher {
  /** Whether the address, as text, belongs. What is no address, such as `unresolved`, and every IPv6 address does not. */
  has(address: string): boolean
  /** Index of the narrowest block that an address as an unsigned number belongs to; -1 when it belongs to none. */
  find(value: number): number
  /** The block nearest to an address that belongs to none; null when the list is empty. */
  nearest(value: number): NearMiss | null
}

const NONE = -1
const LAST_ADDRESS = 0xffffffff
/** Up to so many segments, halving is as fast, and an index of 256 KB would be most of the list. */
const MOST_WITHOUT_INDEX = 512
const UPPER_HALVES = 65_536

/**
 * Cuts the line of all addresses where the answer changes, once, and looks an address up by halving: n log n to build and
 * log n to ask, whatever lies in what. Of equal blocks the first counts.
 */
export function makeAddressMatcher(blocks: readonly CidrBlock[]): AddressMatcher {
  const { starts, places } = cut(blocks)
  const index = starts.length > MOST_WITHOUT_INDEX ? indexOf(starts) : null
  const segmentOf = (value: number) => {
    const upper = value >>> 16
    let low = index?.[upper] ?? 0
    let high = index?.[upper + 1] ?? starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] ?? 0) <= value) low = middle
      else high = middle - 1
    }
    return low
  }
  const find = (value: number) => places[segmentOf(value)] ?? NONE
  return {
    find,
    has(address) {
      const value = scanIpv4(address)
      const meant = value < 0 ? mappedValue(address) : value
      return meant >= 0 && find(meant) !== NONE
    },
    nearest(value) {
      const segment = segmentOf(value)
      const below = segment > 0 ? { place: places[segment - 1] ?? NONE, distance: value - (starts[segment] ?? 0) + 1, side: 'below' as const } : null
      const above = segment + 1 < starts.length ? { place: places[segment + 1] ?? NONE, distance: (starts[segment + 1] ?? 0) - value, side: 'above' as const } : null
      return above && (!below || above.distance < below.distance) ? above : below
    },
  }
}

/** Where each answer begins, from address 0 on, and the index of the block that is the answer from there. */
function cut(blocks: readonly CidrBlock[]): { starts: Uint32Array; places: Int32Array } {
  const starts = [0]
  const places = [NONE]
  const begin = (start: number, place: number) => {
    if (start > LAST_ADDRESS) return
    if (starts.at(-1) === start) places[places.length - 1] = place
    else {
      starts.push(start)
      places.push(place)
    }
  }
  const open: { end: number; place: number }[] = []
  const closeBefore = (address: number) => {
    for (let last = open.at(-1); last && last.end <= address; last = open.at(-1)) {
      open.pop()
      begin(last.end, open.at(-1)?.place ?? NONE)
    }
  }
  for (const { block, places: [place = NONE] } of sortBlocks(blocks)) {
    closeBefore(block.network)
    open.push({ end: block.network + cidrSize(block), place })
    begin(block.network, place)
  }
  closeBefore(LAST_ADDRESS + 1)
  return { starts: Uint32Array.from(starts), places: Int32Array.from(places) }
}

/** For each upper half of an address the segment in which its first address lies, and the last segment behind them all. */
function indexOf(starts: Uint32Array): Uint32Array {
  const index = new Uint32Array(UPPER_HALVES + 1)
  let segment = 0
  for (let upper = 0; upper < UPPER_HALVES; upper += 1) {
    while (segment + 1 < starts.length && (starts[segment + 1] ?? 0) <= upper * UPPER_HALVES) segment += 1
    index[upper] = segment
  }
  index[UPPER_HALVES] = starts.length - 1
  return index
}

/** An IPv4-mapped IPv6 address is the IPv4 address that it stands for. */
function mappedValue(address: string): number {
  const parsed = address.includes(':') ? parseIpAddress(address) : null
  return parsed?.ok && parsed.address.version === 4 ? parsed.address.value : NONE
}
