/** Whoever holds it, for one transaction, seals or signs: one process at a time. */
export const SEALER_LOCK = 72_707_371
