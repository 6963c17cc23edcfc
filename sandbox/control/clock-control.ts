import type { ClockState } from '../models/clock'
import type { World } from '../models/world'

/** What the sandbox's clock shows (epoch milliseconds, and ISO 8601), and how it runs. */
export type ClockView = { readonly now: number; readonly iso: string; readonly mode: ClockState['mode'] }

export type ClockControl = {
  get(): ClockView
  /** stands still at what it shows */
  freeze(): Promise<ClockView>
  /** runs on from what it shows */
  run(): Promise<ClockView>
  /** jumps, forwards or backwards; stays frozen when it is */
  advance(ms: number): Promise<ClockView>
  /** shows this instant (epoch milliseconds); stays frozen when it is */
  set(instant: number): Promise<ClockView>
  /** back to the base clock */
  real(): Promise<ClockView>
}

export function createClockControl({ clock, log, record }: World): ClockControl {
  const view = () => ({ now: clock.now(), iso: new Date(clock.now()).toISOString(), mode: clock.state.mode })
  const become = async (state: ClockState) => {
    clock.become(state)
    record({ type: 'clock.changed', clock: state })
    await log.durable()
    return view()
  }
  return {
    get: view,
    freeze: () => become({ mode: 'frozen', frozenAt: clock.now() }),
    run: () => become(clock.stateRunning()),
    advance: (ms) => become(clock.stateShowing(clock.now() + ms)),
    set: (instant) => become(clock.stateShowing(instant)),
    real: () => become({ mode: 'real' }),
  }
}
