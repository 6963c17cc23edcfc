import 'server-only'
import { once } from '../runtime'

const state = () => once('refresh stopping', () => ({ isStopping: false }))

/** From now on nothing that waits for its turn is sent any more. */
export function setStopping(isStopping: boolean): void {
  state().isStopping = isStopping
}

export function isStopping(): boolean {
  return state().isStopping
}
