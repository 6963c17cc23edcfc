interface Covered {
  readonly upstreamId: string
  readonly name: string
}

export interface CoverageDifference {
  readonly added: readonly Covered[]
  readonly removed: readonly Covered[]
}

/** What came to a network's properties and what left them; null when they are the same. */
export function coverageDifference(before: readonly Covered[], after: readonly Covered[]): CoverageDifference | null {
  const without = (these: readonly Covered[], those: readonly Covered[]) => {
    const ids = new Set(those.map(({ upstreamId }) => upstreamId))
    return these.filter(({ upstreamId }) => !ids.has(upstreamId)).map(({ upstreamId, name }) => ({ upstreamId, name }))
  }
  const [added, removed] = [without(after, before), without(before, after)]
  return added.length + removed.length > 0 ? { added, removed } : null
}
