/** p50, p99 and the worst of measured values, in milliseconds with one decimal. */
export function percentiles(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)
  return { p50: at(0.5), p99: at(0.99), max: round(sorted.at(-1) ?? Number.NaN) }
}

export const round = (value, digits = 1) => Number(value.toFixed(digits))
