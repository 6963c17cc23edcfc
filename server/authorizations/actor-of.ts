import type { AuditActor } from '../audit/record-audit'
import type { Authorization } from '../generated/prisma/client'

/** Who an authorization belongs to: the person who walked, or the key that relayed a code. */
export function actorOf({ userId, machineKeyId }: Pick<Authorization, 'userId' | 'machineKeyId'>): AuditActor {
  if (userId) return { kind: 'user', id: userId }
  return machineKeyId ? { kind: 'machine_key', id: machineKeyId } : { kind: 'system' }
}
