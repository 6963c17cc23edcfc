import type { AuditActor } from '../audit/record-audit'
import type { Authorization } from '../generated/prisma/client'

/** Who an authorization belongs to: the person who walked, a hotelier by a link, or the key that relayed a code. */
export function actorOf({ userId, machineKeyId, linkId }: Pick<Authorization, 'userId' | 'machineKeyId' | 'linkId'>): AuditActor {
  if (userId) return { kind: 'user', id: userId }
  if (linkId) return { kind: 'anonymous' }
  return machineKeyId ? { kind: 'machine_key', id: machineKeyId } : { kind: 'system' }
}
