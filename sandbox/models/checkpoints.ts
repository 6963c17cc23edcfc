import { takeCheckpoint, type Position } from './checkpoint'
import type { SandboxClock } from './clock'
import type { State } from './state'
import type { FileTruthLog } from './truth-file'

type Parts = {
  readonly state: State
  readonly clock: SandboxClock
  readonly log: FileTruthLog
  readonly truthPath: string
  readonly checkpointPath: string
  /** where the last checkpoint stands */
  readonly from: Position
}

/** So many facts are replayed in some hundredths of a second; as many as there are grants cost no more than the grants. */
const FACTS_BETWEEN = 20_000

/** Writes the state down every so many facts, and at the end, so that a restart does not replay the whole log. */
export function createCheckpoints({ state, clock, log, truthPath, checkpointPath, from }: Parts) {
  let last = from.sequence
  let writing = Promise.resolve()

  /** A checkpoint only saves time: one that cannot be written is no failure of the sandbox. */
  const write = (): Promise<void> => {
    const position = log.position()
    if (position.sequence === last) return writing
    last = position.sequence
    const save = takeCheckpoint(state, clock, position)
    const isOnDisk = log.durable() ?? Promise.resolve()
    writing = writing.then(() => isOnDisk).then(() => save(truthPath, checkpointPath)).catch(() => undefined)
    return writing
  }

  return {
    write,
    applied() {
      if (log.position().sequence - last >= FACTS_BETWEEN + state.grants.length) void write()
    },
  }
}
