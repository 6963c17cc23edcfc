/** Where an instant comes from: epoch milliseconds. */
export type Clock = { now(): number }

export type ClockState =
  | { readonly mode: 'real' }
  | { readonly mode: 'shifted'; readonly offsetMs: number }
  | { readonly mode: 'frozen'; readonly frozenAt: number }

export const machineClock: Clock = { now: () => Date.now() }

/** The sandbox's own time: the base clock, shifted or standing still. Every code, token and `Date` header obeys it. */
export class SandboxClock implements Clock {
  readonly #base: Clock
  #state: ClockState = { mode: 'real' }

  constructor(base: Clock) {
    this.#base = base
  }

  get state(): ClockState {
    return this.#state
  }

  now(): number {
    const state = this.#state
    if (state.mode === 'frozen') return state.frozenAt
    return this.#base.now() + (state.mode === 'shifted' ? state.offsetMs : 0)
  }

  become(state: ClockState): void {
    this.#state = state
  }

  /** The state in which this clock would show `instant`, standing or running as it does now. */
  stateShowing(instant: number): ClockState {
    if (this.#state.mode === 'frozen') return { mode: 'frozen', frozenAt: instant }
    return { mode: 'shifted', offsetMs: instant - this.#base.now() }
  }

  /** The state in which this clock runs on from the instant it shows. */
  stateRunning(): ClockState {
    return { mode: 'shifted', offsetMs: this.now() - this.#base.now() }
  }
}
