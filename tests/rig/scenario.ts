import type { Cluster } from '../cluster'
import type { Programs } from './bundle-programs'

export interface ScenarioInput {
  readonly cluster: Cluster
  readonly programs: Programs
  /** `full` has the published figures, `small` about a tenth of them. */
  readonly profile: 'small' | 'full'
  say(line: string): void
}

export interface Verdict {
  readonly figures: Readonly<Record<string, unknown>>
  /** What does not hold; empty when all does. */
  readonly faults: readonly string[]
  /** Why this machine cannot play it: then it has shown nothing. */
  readonly skipped?: string
}

export type Scenario = (input: ScenarioInput) => Promise<Verdict>
