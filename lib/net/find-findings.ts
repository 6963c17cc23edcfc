import { cidrSize, formatCidrBlock, type CidrBlock } from './cidr-block'
import { mergeBlocks } from './merge-blocks'
import { findReserved, type ReservedCode } from './reserved-ranges'
import { sortBlocks, type BlockGroup } from './sort-blocks'

/** One remark about an entry. `line` numbers count from one. */
export type ListFinding =
  | { readonly code: 'duplicate'; readonly otherLine: number }
  | { readonly code: 'contained'; readonly otherLine: number }
  | { readonly code: 'overlapping'; readonly count: number }
  | { readonly code: 'adjacent'; readonly merged: string }
  | { readonly code: 'reserved'; readonly reserved: ReservedCode }
  | { readonly code: 'wide' }
  | { readonly code: 'everything' }

const WIDEST_PREFIX = 8

/**
 * What there is to say about each entry of a list: the same as an earlier one, inside the widest other one, around so many
 * others, together with its neighbours one network, never seen by a server far away, or too wide to restrict anything.
 * n log n in the number of entries.
 */
export function findFindings(blocks: readonly CidrBlock[]): ListFinding[][] {
  const findings = blocks.map((block) => ofItself(block))
  const add = (places: readonly number[], finding: ListFinding) => {
    for (const place of places) findings[place]?.push(finding)
  }
  const open: (BlockGroup & { inside: number })[] = []
  const close = (group: BlockGroup & { inside: number }) => {
    if (group.inside > 0) add(group.places, { code: 'overlapping', count: group.inside })
  }
  const outermost = new Set<number>()
  for (const group of sortBlocks(blocks)) {
    const [first = 0, ...again] = group.places
    add(again, { code: 'duplicate', otherLine: first + 1 })
    for (let last = open.at(-1); last && endOf(last.block) <= group.block.network; last = open.at(-1)) {
      close(last)
      open.pop()
    }
    for (const holder of open) holder.inside += group.places.length
    const [widest] = open
    if (widest) add(group.places, { code: 'contained', otherLine: (widest.places[0] ?? 0) + 1 })
    else for (const place of group.places) outermost.add(place)
    open.push({ ...group, inside: 0 })
  }
  for (const group of open) close(group)
  for (const { block, places } of mergeBlocks(blocks)) {
    const grown = places.filter((place) => outermost.has(place) && blocks[place]?.prefixLength !== block.prefixLength)
    add(grown, { code: 'adjacent', merged: formatCidrBlock(block) })
  }
  return findings
}

function ofItself(block: CidrBlock): ListFinding[] {
  if (block.prefixLength === 0) return [{ code: 'everything' }]
  const reserved = findReserved(block)
  const found: ListFinding[] = reserved ? [{ code: 'reserved', reserved }] : []
  return block.prefixLength < WIDEST_PREFIX ? [...found, { code: 'wide' }] : found
}

const endOf = (block: CidrBlock) => block.network + cidrSize(block)
