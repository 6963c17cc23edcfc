import type { z } from 'zod'

/** A query as the address has it; what is not valid counts as absent, and does not spoil the rest. */
export function readUrlQuery<T extends object>(schema: z.ZodType<T>, search: Readonly<Record<string, string | string[] | undefined>>): T {
  const first = Object.entries(search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value] as const)
  const given = first.filter(([, value]) => value !== undefined && value !== '')
  const whole = schema.safeParse(Object.fromEntries(given))
  if (whole.success) return whole.data
  const sound = given.filter((pair) => schema.safeParse(Object.fromEntries([pair])).success)
  return schema.parse(Object.fromEntries(sound))
}
