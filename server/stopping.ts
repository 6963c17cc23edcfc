import 'server-only'
import { once } from './runtime'

const state = () => once('stopping', () => ({ isStopping: false }))

/** From now on nothing that waits for its turn is sent to Octorate any more, and nothing is sent twice. */
export function setStopping(isStopping: boolean): void {
  state().isStopping = isStopping
}

export function isStopping(): boolean {
  return state().isStopping
}
