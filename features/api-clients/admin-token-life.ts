const DAY_MS = 86_400_000

/** A year (contract, "Two kinds of bearer token"): what a full bar stands for. */
export const ADMIN_TOKEN_LIFE_MS = 365 * DAY_MS

/** When the time that is left becomes a warning, then a danger. */
export const ADMIN_TOKEN_THRESHOLDS = { warningMs: 30 * DAY_MS, dangerMs: 7 * DAY_MS } as const
