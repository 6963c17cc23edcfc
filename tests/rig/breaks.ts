/** A rule of the server that is taken out of the rig's bundle, to show that a scenario notices. */
export interface Break {
  readonly name: string
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
}

export const BREAKS = {
  /** Whoever asks gets the lease. */
  lease: {
    name: 'lease',
    file: 'server/refresh/claim-one.ts',
    find: "AND ${freeToTake('$6', '$4')}",
    // The parameter is still there.
    replace: 'AND $6::boolean IS NOT NULL',
  },
  /** Whatever comes is written, whichever refresh token was sent for it. */
  compareAndSet: {
    name: 'compare-and-set',
    file: 'lib/refresh/adopts.ts',
    find: 'if (stored.refreshTokenVersion !== answer.sentVersion) return false',
    replace: '',
  },
} as const satisfies Record<string, Break>
