import type { FaultRig } from './fault-rig'

/** A refresh as the sandbox recorded it; `at` in epoch milliseconds of its clock. */
export interface RefreshRecord {
  readonly at: number
  readonly grant: number
  readonly accessToken: string
}

/** Refreshes that took effect at the sandbox, oldest first. */
export async function readRefreshes({ sandbox }: FaultRig): Promise<RefreshRecord[]> {
  return (await sandbox.truth({ type: 'token.refreshed' })) as unknown as RefreshRecord[]
}

export async function countRefused({ sandbox }: FaultRig): Promise<number> {
  return (await sandbox.truth({ type: 'refresh.refused' })).length
}

/** The most events within any window of so many milliseconds. */
export function highestIn(windowMs: number, instants: readonly number[]): number {
  const sorted = [...instants].sort((a, b) => a - b)
  let first = 0
  let most = 0
  for (const [last, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= windowMs) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}
