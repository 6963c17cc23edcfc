/** A piece of a number line, both ends belonging to it. */
export type Range = { readonly first: number; readonly last: number }

export type Bar = { readonly x: number; readonly width: number }

/**
 * Ranges as bars in a picture of `columns` columns, in which `space` numbers stand from left to right: none thinner than one
 * column, and those that touch are one. However many ranges there are, there are never more bars than columns.
 */
export function toBars(ranges: readonly Range[], { space, columns }: { space: number; columns: number }): Bar[] {
  const column = (at: number) => Math.min(columns - 1, Math.floor((at / space) * columns))
  const bars: { x: number; end: number }[] = []
  for (const { first, last } of ranges.toSorted((one, other) => one.first - other.first)) {
    const [x, end] = [column(first), column(last) + 1]
    const before = bars.at(-1)
    if (before !== undefined && x <= before.end) before.end = Math.max(before.end, end)
    else bars.push({ x, end })
  }
  return bars.map(({ x, end }) => ({ x, width: end - x }))
}
