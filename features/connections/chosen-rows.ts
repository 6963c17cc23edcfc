import type { ConnectionSummary } from '@/contracts/connections'

/** Connections that were ticked, by id: on this page of the list and on others. */
export type ChosenRows = ReadonlyMap<string, ConnectionSummary>

export const NONE_CHOSEN: ChosenRows = new Map()

/** The same with these rows chosen, or without them. */
export function chooseRows(chosen: ChosenRows, rows: readonly ConnectionSummary[], isChosen: boolean): ChosenRows {
  const ids = new Set(rows.map(({ id }) => id))
  const others = [...chosen].filter(([id]) => !ids.has(id))
  return new Map(isChosen ? [...others, ...rows.map((row) => [row.id, row] as const)] : others)
}

/** How much of a page is chosen. */
export function shareChosen(chosen: ChosenRows, rows: readonly ConnectionSummary[]): 'none' | 'some' | 'all' {
  const count = rows.filter(({ id }) => chosen.has(id)).length
  if (count === 0) return 'none'
  return count === rows.length ? 'all' : 'some'
}
