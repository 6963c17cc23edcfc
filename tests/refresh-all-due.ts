import { keepDueTimes } from '@/server/refresh/keep-due-times'
import { keepNearTimes } from '@/server/refresh/keep-near-times'
import { openLanes } from '@/server/refresh/lanes'
import { refreshDue } from '@/server/refresh/refresh-due'
import { setStopping } from '@/server/stopping'

/** What the engine does by itself again and again: refreshes whatever is due now, and waits for it. */
export async function refreshAllDue(): Promise<void> {
  // Perhaps this process has stopped an engine before.
  setStopping(false)
  await openLanes()
  await keepDueTimes()
  await keepNearTimes()
  await Promise.all(await refreshDue(200))
}
