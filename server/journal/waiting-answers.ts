import 'server-only'
import { noteOutage } from '../database/outage'
import { once } from '../runtime'

/** `marks` counts when answers were found to wait, `seen` how many of these were over when the spool was last drained. */
const state = () => once('answers that wait', () => ({ marks: 0, seen: 0, inMemory: 0 }))

/**
 * Whether answers wait that this process could not get into the journal: on its disk, or in memory where that is full too.
 * Until they are through, nothing is sent whose answer could end there as well.
 */
export function answersWait(): boolean {
  const { marks, seen, inMemory } = state()
  return marks > seen || inMemory > 0
}

/** The database takes no answer now. */
export function noteWaiting(): void {
  noteOutage()
  state().marks += 1
}

/** Begins a walk through the spool. @returns what says that it came to its end: whatever waited when it began is through. */
export function beginDrain(): () => void {
  const own = state()
  const { marks } = own
  return () => {
    own.seen = Math.max(own.seen, marks)
  }
}

/** Counts an answer that is nowhere but in memory, until `work` has put it somewhere. */
export async function inMemory(work: () => Promise<void>): Promise<void> {
  const own = state()
  own.inMemory += 1
  await work().finally(() => (own.inMemory -= 1))
}
