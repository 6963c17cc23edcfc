import type { FaultRules } from '../control/fault-rules'
import type { Sessions } from '../consent/sessions'
import type { Report } from '../control/report'
import type { Tape } from '../control/tape'
import type { Bearers } from './bearer'
import type { SandboxClock } from './clock'
import type { QuotaMeter } from './quota-meter'
import type { Seed } from './seed'
import type { State } from './state'
import type { TruthEvent } from './truth-event'
import type { TruthLog } from './truth-log'

/** One sandbox's insides, handed to every endpoint and control call. */
export type World = {
  readonly clock: SandboxClock
  readonly state: State
  readonly log: TruthLog
  readonly bearers: Bearers
  readonly faults: FaultRules
  readonly tape: Tape
  readonly report: Report
  readonly quota: QuotaMeter
  readonly sessions: Sessions
  /** what a reset without a seed of its own goes back to */
  readonly seed: Seed
  /** appends the fact to the truth log and applies it to the state, in one synchronous step */
  record(event: TruthEvent): void
}
