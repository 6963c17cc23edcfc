/**
 * An instant as Octorate writes it: `2023-10-09T10:32:18.36Z[UTC]`, the fraction without trailing zeros, and absent when
 * it is zero (contract, "Errors", dates).
 */
export function formatUpstreamDate(instant: Date): string {
  const iso = instant.toISOString()
  return `${iso.slice(0, 19)}${iso.slice(19, -1).replace(/\.?0+$/, '')}Z[UTC]`
}
