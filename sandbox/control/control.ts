import { createApiClientControl, type ApiClientControl } from './api-client-control'
import { createClockControl, type ClockControl } from './clock-control'
import { createConsentControl, type ConsentControl } from './consent-control'
import { createFaultControl, type FaultControl } from './fault-control'
import { createGrantControl, type GrantControl } from './grant-control'
import { createHotelierControl, type HotelierControl } from './hotelier-control'
import type { ConformanceReport } from './report'
import { createSnapshotControl, type SnapshotControl } from './snapshot-control'
import { viewState, type StateView } from './state-view'
import { createTapeControl, type TapeControl } from './tape-control'
import type { Seed } from '../models/seed'
import { parseSeed } from '../models/parse-seed'
import { defaultSettings, parseSettings, type SandboxSettings } from '../models/settings'
import type { World } from '../models/world'

/**
 * Everything that a test or a curious person may do to a sandbox from outside. The HTTP control API under `/control`
 * offers the same calls. Each promise settles when the change would survive a crash; an impossible wish rejects with
 * `ControlRefusal`.
 */
export type Control = {
  readonly clock: ClockControl
  readonly faults: FaultControl
  readonly settings: {
    get(): SandboxSettings
    set(settings: Partial<SandboxSettings>): Promise<SandboxSettings>
  }
  readonly tape: TapeControl
  readonly report: {
    /** what the clients of this sandbox (or one of them) did wrong so far */
    read(clientId?: string): ConformanceReport
    clear(): void
  }
  /** back to the seed (or to another one): tokens, codes, faults, tape, report, switches and clock included */
  reset(seed?: Seed): Promise<void>
  /** the state at this instant, for looking at */
  state(): StateView
} & SnapshotControl &
  ConsentControl &
  GrantControl &
  HotelierControl &
  ApiClientControl

/** @param selfUrl where this sandbox listens; asked only when a request is replayed. */
export function createControl(world: World, initialSettings: Partial<SandboxSettings>, selfUrl: () => string): Control {
  return {
    clock: createClockControl(world),
    faults: createFaultControl(world),
    settings: {
      get: () => world.state.settings,
      async set(settings) {
        world.record({ type: 'settings.changed', settings: parseSettings(settings) })
        await world.log.durable()
        return world.state.settings
      },
    },
    tape: createTapeControl(world, selfUrl),
    report: { read: (clientId) => world.report.read(clientId), clear: () => world.report.clear() },
    async reset(seed = world.seed) {
      world.clock.become({ mode: 'real' })
      world.record({ type: 'clock.changed', clock: { mode: 'real' } })
      world.record({ type: 'sandbox.seeded', seed: parseSeed(seed), settings: { ...defaultSettings, ...initialSettings } })
      for (const part of [world.faults, world.tape, world.report, world.quota, world.sessions]) part.clear()
      await world.log.durable()
    },
    state: () => viewState(world),
    ...createSnapshotControl(world),
    ...createConsentControl(world),
    ...createGrantControl(world),
    ...createHotelierControl(world),
    ...createApiClientControl(world),
  }
}
