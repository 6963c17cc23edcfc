import 'server-only'
import type { Transaction } from '../db'
import type { AlertSettings } from '../generated/prisma/client'

/** How an organization is told while nobody has changed anything. */
const UNCHANGED = {
  muted: [], roles: ['owner', 'developer'], addresses: [], quietFrom: null, quietTo: null, timeZone: 'UTC', lastToldAt: null,
} as const satisfies Omit<AlertSettings, 'organizationId'>

export async function readAlertSettings(tx: Pick<Transaction, 'alertSettings'>, organizationId: string): Promise<AlertSettings> {
  const row = await tx.alertSettings.findUnique({ where: { organizationId } })
  return row ?? { organizationId, ...UNCHANGED, muted: [], roles: [...UNCHANGED.roles], addresses: [] }
}
