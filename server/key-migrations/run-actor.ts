import type { AuditActor } from '../audit/record-audit'

/** Who started a migration, for the proofs of what it does by itself. */
export function runActor({ actorKind, actorId }: { readonly actorKind: string; readonly actorId: string }): AuditActor {
  return { kind: actorKind === 'machine_key' ? 'machine_key' : 'user', id: actorId }
}
