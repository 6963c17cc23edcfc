import { formatCidrBlock } from '@/lib/net/cidr-block'
import { isMergeOf, mergeBlocks } from '@/lib/net/merge-blocks'
import { blocksOf } from './entry-draft'

interface Mergeable {
  readonly block: string
  readonly expiresAt: Date | null
}

export interface ProposedEntry {
  readonly block: string
  /** Indexes of the entries that it stands for, ascending. */
  readonly places: readonly number[]
}

/**
 * The list in fewer networks, which cover the same addresses now and at every later moment: only what ends at the same time
 * is put together, and of the same network the one that lasts longer stays. Null when there is nothing to gain.
 */
export function proposeMerge(entries: readonly Mergeable[]): readonly ProposedEntry[] | null {
  const ends = [...new Set(entries.map((entry) => endOf(entry)))].sort((a, b) => b - a)
  const byBlock = new Map<string, number[]>()
  let isGain = false
  for (const end of ends) {
    const own = [...entries.keys()].filter((place) => entries.slice(place, place + 1).some((entry) => endOf(entry) === end))
    const blocks = blocksOf(own.flatMap((place) => entries.slice(place, place + 1)))
    for (const merge of mergeBlocks(blocks)) {
      isGain ||= isMergeOf(merge, blocks)
      const block = formatCidrBlock(merge.block)
      const places = merge.places.flatMap((index) => own.slice(index, index + 1))
      const longer = byBlock.get(block)
      if (longer) longer.push(...places)
      else byBlock.set(block, places)
    }
  }
  if (!isGain) return null
  const proposed = [...byBlock].map(([block, places]) => ({ block, places: places.toSorted((a, b) => a - b) }))
  return proposed.sort((a, b) => (a.places[0] ?? 0) - (b.places[0] ?? 0))
}

const endOf = ({ expiresAt }: Mergeable) => expiresAt?.getTime() ?? Infinity
