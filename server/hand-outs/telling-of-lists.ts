import 'server-only'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { recordDenial } from './record-denial'

/** Does the work. That the key's list of properties forbids it is written down, by method and path pattern of what was called. */
export async function tellingOfLists<T>(actor: MachineActor, target: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'machine_key_properties') {
      await recordDenial(actor, { action: 'access.denied', target: { kind: 'endpoint', id: target } }, error)
    }
    throw error
  }
}
