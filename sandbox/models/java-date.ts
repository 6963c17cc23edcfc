/**
 * An instant as Octorate writes it (guide and API description, Dates): `2023-10-09T10:32:18.36Z[UTC]`, the fraction
 * without trailing zeros and absent when it is zero.
 */
export function toJavaDate(instant: number): string {
  const iso = new Date(instant).toISOString()
  const fraction = iso.slice(19, -1).replace(/\.?0+$/, '')
  return `${iso.slice(0, 19)}${fraction}Z[UTC]`
}
