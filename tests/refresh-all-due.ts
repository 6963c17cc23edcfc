import { keepDueTimes } from '@/server/refresh/keep-due-times'
import { openLanes } from '@/server/refresh/lanes'
import { refreshDue } from '@/server/refresh/refresh-due'

/** What the engine does by itself again and again: refreshes whatever is due now, and waits for it. */
export async function refreshAllDue(): Promise<void> {
  await openLanes()
  await keepDueTimes()
  await Promise.all(await refreshDue(200))
}
