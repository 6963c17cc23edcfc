/** Invitations that can be taken at this instant. */
export function openInvitations(now: Date) {
  return { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } }
}
