import type { Environment } from '@/contracts/api-clients'
import type { AuditActor } from '../audit/record-audit'
import type { Actor } from '../http/define-handler'
import type { MachineActor } from '../http/machine-actor'
import type { RequestContext } from '../http/request-context'

/** Who imports: a person, or a back end, which has an environment and may have a list of properties. */
export interface ImportActor {
  readonly organizationId: string
  readonly actor: AuditActor & { readonly id: string }
  readonly context: RequestContext
  /** Null means any. */
  readonly environment: Environment | null
  readonly properties: ReadonlySet<string> | null
}

export function personActor({ viewer, context }: Actor): ImportActor {
  const { organizationId, userId } = viewer
  return { organizationId, actor: { kind: 'user', id: userId }, context, environment: null, properties: null }
}

export function machineActor({ caller, context }: MachineActor): ImportActor {
  const { organizationId, keyId, environment, properties } = caller
  return { organizationId, actor: { kind: 'machine_key', id: keyId }, context, environment, properties }
}
