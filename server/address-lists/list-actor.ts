import { roleMay } from '@/contracts/permissions'
import type { AuditActor } from '../audit/record-audit'
import type { Actor } from '../http/define-handler'
import type { MachineActor } from '../http/machine-actor'
import type { RequestContext } from '../http/request-context'

/** Who looks at a list or changes it: a person, or a back end. */
export interface ListActor {
  readonly organizationId: string
  readonly audit: AuditActor
  /** Null for a back end. */
  readonly userId: string | null
  /** The owner of an entry that names none. */
  readonly name: string
  /** Entries wider than /8 are an owner's alone, and never a back end's. */
  readonly mayWiden: boolean
  readonly context: RequestContext
}

export function personAt({ viewer, context }: Actor): ListActor {
  const { organizationId, userId, name } = viewer
  return { organizationId, audit: { kind: 'user', id: userId }, userId, name, mayWiden: roleMay(viewer.role, 'ip-whitelists:wide'), context }
}

export function machineAt({ caller, context }: MachineActor): ListActor {
  const { organizationId, keyId } = caller
  return { organizationId, audit: { kind: 'machine_key', id: keyId }, userId: null, name: `Machine key ${keyId}`, mayWiden: false, context }
}
