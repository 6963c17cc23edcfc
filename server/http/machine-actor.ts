import type { MachineCaller } from '../machine-keys/machine-caller'
import type { RequestContext } from './request-context'

/** A back end that acts, and from where: what a service needs to filter, to act and to leave a proof. */
export interface MachineActor {
  readonly caller: MachineCaller
  readonly context: RequestContext
}
