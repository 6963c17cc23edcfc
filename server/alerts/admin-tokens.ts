import 'server-only'
import { REMINDER_DAYS, reminderFor } from '@/lib/admin-token-reminder'
import type { Transaction } from '../db'
import { announce } from '../events/announce'

const DAY_MS = 24 * 60 * 60_000
/** People are told from the second reminder on: at 60 days the page alone says it. */
const FIRST_DAYS = 30

/** Announces admin tokens that end soon, once for each reminder: 30, 7, 1 and 0 days before. */
export async function tellAdminTokens(tx: Transaction, now: Date): Promise<boolean> {
  const ending = await tx.adminToken.findMany({
    where: { retiredAt: null, expiresAt: { lte: new Date(now.getTime() + FIRST_DAYS * DAY_MS) }, apiClient: { deletedAt: null } },
    include: { apiClient: { select: { id: true, name: true, environment: true } } },
  })
  if (ending.length === 0) return false
  const reminders = await tx.adminTokenReminder.findMany({ where: { adminTokenId: { in: ending.map(({ id }) => id) } } })
  const told = new Map(reminders.map(({ adminTokenId, days }) => [adminTokenId, days]))
  const due = ending.flatMap((token) => {
    const days = reminderFor(token.expiresAt, now)
    return days !== null && days < (told.get(token.id) ?? Math.max(...REMINDER_DAYS)) ? [{ token, days }] : []
  })
  for (const { token, days } of due) {
    await tx.adminTokenReminder.upsert({ where: { adminTokenId: token.id }, create: { adminTokenId: token.id, days }, update: { days } })
  }
  await announce(
    tx,
    due.map(({ token: { organizationId, apiClient, expiresAt, tokenLast4 }, days }) => ({
      type: 'admin_token.ending' as const, organizationId, name: apiClient.name, at: now,
      about: { kind: 'api_client', id: apiClient.id },
      data: { apiClient: { id: apiClient.id, name: apiClient.name, environment: apiClient.environment }, last4: tokenLast4, expiresAt: expiresAt.toISOString(), days },
    })),
  )
  return false
}
