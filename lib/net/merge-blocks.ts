import { cidrSize, cidrsOfRange, formatCidrBlock, type CidrBlock } from './cidr-block'
import { sortBlocks } from './sort-blocks'

/** Addresses without a gap, both ends included. */
export interface AddressRange {
  readonly first: number
  readonly last: number
}

export interface Merge {
  readonly block: CidrBlock
  /** Indexes of the entries that lie in it, ascending. */
  readonly places: readonly number[]
}

/** What a list covers: ranges in order, with a gap between each two. */
export function coveredRanges(blocks: readonly CidrBlock[]): AddressRange[] {
  const ranges: { first: number; last: number }[] = []
  for (const { block } of sortBlocks(blocks)) {
    const last = block.network + cidrSize(block) - 1
    const open = ranges.at(-1)
    if (open && block.network <= open.last + 1) open.last = Math.max(open.last, last)
    else ranges.push({ first: block.network, last })
  }
  return ranges
}

/**
 * The fewest blocks that cover exactly what the list covers, each with the entries that it replaces, in the order of the
 * first of them. A block lies in one of the result wholly or not at all, so that every entry has its one place.
 */
export function mergeBlocks(blocks: readonly CidrBlock[]): Merge[] {
  const wide = coveredRanges(blocks).flatMap(({ first, last }) => cidrsOfRange(first, last))
  const merges = wide.map((block) => ({ block, places: [] as number[] }))
  let at = 0
  for (const { block, places } of sortBlocks(blocks)) {
    let holder = merges[at]
    while (holder && holder.block.network + cidrSize(holder.block) <= block.network) holder = merges[(at += 1)]
    holder?.places.push(...places)
  }
  for (const { places } of merges) places.sort((a, b) => a - b)
  return merges.sort((a, b) => (a.places[0] ?? 0) - (b.places[0] ?? 0))
}

/** Whether a merge makes another list of it, in words or in number. */
export function isMergeOf({ block, places }: Merge, blocks: readonly CidrBlock[]): boolean {
  const [first = 0] = places
  const [own] = blocks.slice(first, first + 1)
  return places.length > 1 || own === undefined || formatCidrBlock(own) !== formatCidrBlock(block)
}
