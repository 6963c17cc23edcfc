/** More lines are refused whole: they are brought in several files. */
export const MOST_KEY_LINES = 20_000

/** Characters that a value may have. */
export const LONGEST_KEY_VALUE = { key: 1_000, propertyId: 64, name: 300 } as const
export const SHORTEST_KEY = 4
