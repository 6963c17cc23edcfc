import type { InvitationSummary } from '@/contracts/people'
import type { Invitation } from '../generated/prisma/client'

export function toInvitation(row: Invitation, names: ReadonlyMap<string, string>): InvitationSummary {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    invitedBy: names.get(row.createdByUserId) ?? null,
  }
}
