import 'server-only'
import { coverageDifference, type CoverageDifference } from '@/lib/links/coverage-difference'
import type { Transaction } from '../db'

interface Covered {
  readonly upstreamId: string
  readonly name: string
}

/** What a new consent covers more, or less, than the connection did until now; null when it is the same. */
export async function readDifference(tx: Transaction, connectionId: string, now: readonly Covered[]): Promise<CoverageDifference | null> {
  const before = await tx.property.findMany({ where: { connectionId }, select: { upstreamId: true, name: true } })
  return before.length === 0 ? null : coverageDifference(before, now)
}
