import 'server-only'
import { db } from '../db'
import type { AuditEvent } from '../generated/prisma/client'

type Named = Pick<AuditEvent, 'organizationId' | 'actorKind' | 'actorId' | 'targetKind' | 'targetId'>

/**
 * Names of who acted and what was acted on, by id: those of an organization's own events, so also of people who left it.
 * The log itself holds ids alone, so that a name can be erased without touching the chain.
 */
export async function findAuditNames(events: readonly Named[]): Promise<ReadonlyMap<string, string>> {
  const organizationId = events[0]?.organizationId
  if (!organizationId) return new Map()
  const idsOf = (kind: string) => [
    ...new Set(events.flatMap((event) => [event.actorKind === kind ? event.actorId : null, event.targetKind === kind ? event.targetId : null]).filter((id) => id !== null)),
  ]
  const where = (kind: string) => ({ where: { organizationId, id: { in: idsOf(kind) } }, select: { id: true, name: true } })
  const [users, keys, apiClients, connections, campaigns, invitations, mails, creations] = await Promise.all([
    db().user.findMany({ where: { id: { in: idsOf('user') } }, select: { id: true, name: true } }),
    db().machineKey.findMany(where('machine_key')),
    db().apiClient.findMany(where('api_client')),
    db().connection.findMany(where('connection')),
    db().campaign.findMany(where('campaign')),
    db().invitation.findMany({ where: { organizationId, id: { in: idsOf('invitation') } }, select: { id: true, email: true } }),
    db().mail.findMany({ where: { organizationId, id: { in: idsOf('mail') } }, select: { id: true, recipient: true } }),
    db().propertyCreation.findMany(where('property_creation')),
  ])
  const named = [...users, ...keys, ...apiClients, ...connections, ...campaigns, ...creations].map(({ id, name }) => [id, name] as const)
  return new Map([...named, ...invitations.map(({ id, email }) => [id, email] as const), ...mails.map(({ id, recipient }) => [id, recipient] as const)])
}
