const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export const LINK_LIVES = ['30m', '4h', '24h', '7d'] as const
export type LinkLife = (typeof LINK_LIVES)[number]

export const LINK_LIFE_MS = {
  '30m': 30 * MINUTE_MS,
  '4h': 4 * HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
} as const satisfies Record<LinkLife, number>
