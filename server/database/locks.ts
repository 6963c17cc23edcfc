/** Numbers of locks that whole processes share, in one place, because two of one number would keep each other out. */
export const LOCKS = {
  /** Prisma's own `migrate deploy` takes it too, so that the two never run at once. */
  migrations: 72_707_369,
  /** Processes that start at once grant, and prepare the queue, one after the other. */
  start: 72_707_370,
  /** Sealing and signing the audit log. */
  audit: 72_707_371,
  alerts: 72_707_372,
  /** Bringing hand-outs into the ledger. */
  ledger: 72_707_373,
} as const
