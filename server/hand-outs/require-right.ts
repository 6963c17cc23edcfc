import 'server-only'
import type { MachineScope } from '@/contracts/machine-scopes'
import type { MachineActor } from '../http/machine-actor'
import { requireScope } from '../machine-keys/machine-caller'
import { recordDenial } from './record-denial'

interface Right {
  readonly scope: MachineScope | 'any'
  /** Method and path pattern of what was called. */
  readonly target: string
  readonly isAboutTokens: boolean
}

/** The key must have the scope; that it has not is written down. @throws AppError `machine_key_scope` */
export async function requireRight(actor: MachineActor, { scope, target, isAboutTokens }: Right): Promise<void> {
  try {
    requireScope(actor.caller, scope)
  } catch (error) {
    await recordDenial(actor, { action: isAboutTokens ? 'access_token.denied' : 'access.denied', target: { kind: 'endpoint', id: target } }, error)
    throw error
  }
}
