import type { RunwayFacts } from '@/contracts/runway'

/** The mark after the first loss: how many are without access an hour later, so that one sees how fast it goes. */
export function nextMark({ hours, firstAt }: RunwayFacts): { until: string; without: number } | null {
  if (firstAt === null) return null
  const index = hours.findIndex(({ until }) => until >= firstAt)
  return (index === -1 ? undefined : hours[index + 1]) ?? null
}
