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
    file: 'server/connections/lease.ts',
    find: 'OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }],',
    replace: '',
  },
  /** Whatever comes is written, however old it is. */
  compareAndSet: {
    name: 'compare-and-set',
    file: 'server/connections/settle-refresh.ts',
    find: ' || stored.refreshTokenVersion !== entry.sentVersion',
    replace: '',
  },
} as const satisfies Record<string, Break>
