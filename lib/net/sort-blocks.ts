import type { CidrBlock } from './cidr-block'

/** One block and every place in the list at which it stands, the first one first. */
export interface BlockGroup {
  readonly block: CidrBlock
  /** Indexes into the list, ascending. */
  readonly places: readonly number[]
}

/** Each block once, by where it begins; of those that begin together the widest first, so that what holds stands before what it holds. */
export function sortBlocks(blocks: readonly CidrBlock[]): BlockGroup[] {
  const order = Array.from(blocks, (block, place) => ({ block, place }))
  order.sort((a, b) => a.block.network - b.block.network || a.block.prefixLength - b.block.prefixLength || a.place - b.place)
  const groups: { block: CidrBlock; places: number[] }[] = []
  for (const { block, place } of order) {
    const last = groups.at(-1)
    if (last && last.block.network === block.network && last.block.prefixLength === block.prefixLength) last.places.push(place)
    else groups.push({ block, places: [place] })
  }
  return groups
}
