import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import type { ClockState, SandboxClock } from './clock'
import type { State } from './state'
import { importState, stateData, type StateData } from './state-data'
import type { StoredSnapshot } from './stored-snapshot'

/** A place in the truth file: after the record of this number, which ends at this byte. */
export type Position = { readonly sequence: number; readonly offset: number }

type Checkpoint = Position & {
  readonly version: number
  /** digest of the bytes before the place, so that a checkpoint of another file is not believed */
  readonly tail: string
  readonly clock: ClockState
  readonly generation: number
  readonly data: StateData
  readonly snapshots: readonly StoredSnapshot[]
}

/** Rises when the state gets another shape: older checkpoints are then passed over, and the whole log is replayed. */
const VERSION = 1
const TAIL_BYTES = 4_096

/**
 * What the facts up to `position` made of the state, as text. Taken at once, so that later facts are not in it; to be
 * written only when the log holds all of them.
 */
export function takeCheckpoint(state: State, clock: SandboxClock, position: Position): (truthPath: string, path: string) => Promise<void> {
  const { generation, snapshots } = state
  const taken = { version: VERSION, ...position, clock: clock.state, generation, data: stateData(state), snapshots: [...snapshots.values()] }
  const text = JSON.stringify(taken).slice(1)
  return async (truthPath, path) => {
    const file = await open(`${path}.new`, 'w', 0o600)
    try {
      await file.writeFile(`{"tail":"${digestBefore(truthPath, position.offset)}",${text}\n`)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
  }
}

/** Makes state and clock what the checkpoint says; the place to replay from, which is the beginning without a good one. */
export function restoreCheckpoint(state: State, clock: SandboxClock, paths: { readonly path: string; readonly truthPath: string }): Position {
  const checkpoint = readCheckpoint(paths.path)
  if (!checkpoint || !isOf(checkpoint, paths.truthPath)) return { sequence: 0, offset: 0 }
  importState(state, checkpoint.data)
  state.generation = checkpoint.generation
  for (const each of checkpoint.snapshots) state.snapshots.set(each.name, each)
  clock.become(checkpoint.clock)
  return { sequence: checkpoint.sequence, offset: checkpoint.offset }
}

/** Nothing when there is none, or none that can be read: it only saves time. */
function readCheckpoint(path: string): Checkpoint | undefined {
  try {
    const checkpoint: Checkpoint = JSON.parse(readFileSync(path, 'utf8'))
    return checkpoint.version === VERSION ? checkpoint : undefined
  } catch {
    return undefined
  }
}

function isOf({ offset, tail }: Checkpoint, truthPath: string): boolean {
  const size = statSync(truthPath, { throwIfNoEntry: false })?.size ?? 0
  return offset > 0 && offset <= size && digestBefore(truthPath, offset) === tail
}

function digestBefore(path: string, offset: number): string {
  const length = Math.min(TAIL_BYTES, offset)
  const bytes = Buffer.alloc(length)
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, bytes, 0, length, offset - length)
  } finally {
    closeSync(descriptor)
  }
  return createHash('sha256').update(bytes).digest('hex')
}
