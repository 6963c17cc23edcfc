import 'server-only'
import { db } from '../db'
import { getRuntime } from '../runtime'
import type { ClaimedKeyLine } from './claim-key-lines'

const TRY_AGAIN_MS = 500
const MOST_TRIES = 5

/**
 * Lets go of lines that were claimed to be sent and were not: any process may send them at once. Left alone, nobody would
 * know that by the time their claim is over. It is tried for some seconds while the database is away.
 */
export async function giveBack(lines: readonly ClaimedKeyLine[]): Promise<void> {
  const { clock, processId } = getRuntime()
  const unsent = lines.filter(({ was }) => was === 'pending')
  const [first] = unsent
  if (!first) return
  for (let tries = 1; ; tries += 1) {
    try {
      const now = clock()
      await db().keyLine.updateMany({
        where: { migrationId: first.migration.id, number: { in: unsent.map(({ number }) => number) }, state: 'sent', claimedBy: processId },
        data: { state: 'pending', claimedBy: null, nextTryAt: now, updatedAt: now },
      })
      return
    } catch (error) {
      if (tries === MOST_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS))
    }
  }
}
