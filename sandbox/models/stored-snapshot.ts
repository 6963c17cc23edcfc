import type { FaultRule } from '../control/fault-rules'
import type { ClockState } from './clock'
import type { StateData } from './state-data'

/** The whole state of a sandbox under a name, to come back to. */
export type StoredSnapshot = {
  readonly name: string
  readonly takenAt: number
  readonly clock: ClockState
  readonly faults: readonly FaultRule[]
  readonly data: StateData
}
