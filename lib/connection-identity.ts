interface Covered {
  readonly upstreamId: string
  readonly name: string
  readonly network: { readonly root: string | null }
}

export interface ConnectionIdentity {
  /** `property:ID` or `network:ROOT`: unique per API client, the same whoever consents again. */
  readonly identity: string
  readonly name: string
}

/**
 * What a connection is, from the properties that its token covers: one lodging, or a network known by its root. Several
 * properties that name no root are a network too, known by the first of their ids.
 */
export function identifyConnection(properties: readonly Covered[]): ConnectionIdentity | null {
  const [first, ...others] = properties.toSorted((a, b) => compareIds(a.upstreamId, b.upstreamId))
  if (!first) return null
  if (others.length === 0) return { identity: `property:${first.upstreamId}`, name: first.name }
  const rootId = first.network.root ?? first.upstreamId
  const root = properties.find((property) => property.upstreamId === rootId) ?? first
  return { identity: `network:${rootId}`, name: root.name }
}

/** Shorter ids first, so that 99 comes before 100 whether ids are numbers or not. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}
