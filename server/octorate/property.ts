/** A lodging as Octorate lists it. */
export interface Property {
  /** Octorate's id, a text even where a number came. */
  readonly upstreamId: string
  /** Octorate's words: escape what cannot be seen before showing it. The id, when there is no name. */
  readonly name: string
  readonly city: string | null
  readonly country: string | null
  /** ISO 4217. */
  readonly currency: string | null
  readonly timeZone: string | null
  readonly sandboxProperty: boolean
  readonly network: {
    readonly id: string | null
    /** Id of the network's root; null when the property stands alone. */
    readonly root: string | null
    readonly enabled: boolean | null
  }
}
