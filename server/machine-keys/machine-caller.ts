import type { MachineScope } from '@/contracts/machine-scopes'
import type { Environment } from '@/contracts/api-clients'
import { AppError } from '../http/app-error'

/** Where a key is shown, as the front found it out. */
export interface KeyContext {
  /** Canonical, or `unresolved`. */
  readonly address: string
  readonly userAgent: string
  /** Method and path pattern, such as `GET /connections/:id`; never a path with ids. */
  readonly route: string
  readonly requestId?: string
}

/** A back end that showed a valid machine key: what a service of the machine API filters by. */
export interface MachineCaller {
  readonly keyId: string
  readonly organizationId: string
  /** It sees connections of this environment and no other. */
  readonly environment: Environment
  readonly scopes: ReadonlySet<MachineScope>
  /** Octorate's ids of the properties that it may ask for; null means all of the organization's. */
  readonly properties: ReadonlySet<string> | null
  readonly address: string
  /** Whether its restriction is enforced and has entries: what the admin token of an API client asks for. */
  readonly isTiedToAddresses: boolean
  readonly userAgent: string
}

/** @throws AppError `machine_key_scope`; `any` asks for a valid key only. */
export function requireScope(caller: Pick<MachineCaller, 'scopes'>, scope: MachineScope | 'any'): void {
  if (scope !== 'any' && !caller.scopes.has(scope)) throw new AppError('machine_key_scope')
}
