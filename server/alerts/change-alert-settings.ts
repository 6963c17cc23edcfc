import 'server-only'
import type { z } from 'zod'
import type { AlertsOverview, changeAlertSettings as endpoint } from '@/contracts/alerts'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getAlerts } from './get-alerts'

/** Chooses what people are told of, who they are, and when they are left in peace. */
export async function changeAlertSettings({ viewer, context }: Actor, wish: z.output<typeof endpoint.body>): Promise<AlertsOverview> {
  const { organizationId } = viewer
  const { quiet, ...rest } = wish
  const data = { ...rest, addresses: [...new Set(rest.addresses)], quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null }
  await transaction(async (tx) => {
    await tx.alertSettings.upsert({ where: { organizationId }, create: { organizationId, ...data }, update: data })
    await recordAudit(tx, {
      action: 'alert_settings.changed', outcome: 'success', organizationId, actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'organization', id: organizationId }, detail: data, context, at: getRuntime().clock(),
    })
  })
  return getAlerts(viewer)
}
