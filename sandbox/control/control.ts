import { createApiClientControl, type ApiClientControl } from './api-client-control'
import { createClockControl, type ClockControl } from './clock-control'
import { createConsentControl, type ConsentControl } from './consent-control'
import { createFaultControl, type FaultControl } from './fault-control'
import { createGrantControl, type GrantControl } from './grant-control'
import { createHotelierControl, type HotelierControl } from './hotelier-control'
import { snapshot, type Snapshot } from './snapshot'
import type { TapeEntry } from './tape'
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
  readonly tape: {
    read(since?: number): TapeEntry[]
    clear(): void
  }
  /** back to the seed (or to another one): tokens, codes, faults, tape, switches and clock included */
  reset(seed?: Seed): Promise<void>
  snapshot(): Snapshot
} & ConsentControl &
  GrantControl &
  HotelierControl &
  ApiClientControl

export function createControl(world: World, initialSettings: Partial<SandboxSettings>): Control {
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
    tape: { read: (since) => world.tape.read(since), clear: () => world.tape.clear() },
    async reset(seed = world.seed) {
      world.clock.become({ mode: 'real' })
      world.record({ type: 'clock.changed', clock: { mode: 'real' } })
      world.record({ type: 'sandbox.seeded', seed: parseSeed(seed), settings: { ...defaultSettings, ...initialSettings } })
      for (const part of [world.faults, world.tape, world.quota, world.sessions]) part.clear()
      await world.log.durable()
    },
    snapshot: () => snapshot(world),
    ...createConsentControl(world),
    ...createGrantControl(world),
    ...createHotelierControl(world),
    ...createApiClientControl(world),
  }
}
