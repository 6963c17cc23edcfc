import 'server-only'
import { CONNECTION_ALERTS, type Alert, type AlertsOverview } from '@/contracts/alerts'
import { alertTypeSchema } from '@/contracts/events'
import { roleMay } from '@/contracts/permissions'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { findRecipients } from './find-recipients'
import { readAlertSettings } from './read-alert-settings'

const SHOWN = 50

/** How the organization is told, who is, and the last alerts; of these what the viewer may know. */
export async function getAlerts({ organizationId, role }: Pick<Viewer, 'organizationId' | 'role'>): Promise<AlertsOverview> {
  const mayManage = roleMay(role, 'alerts:manage')
  const settings = await readAlertSettings(db(), organizationId)
  const [recipients, rows] = await Promise.all([
    mayManage ? findRecipients(db(), settings) : [],
    db().alert.findMany({ where: { organizationId, ...(mayManage ? {} : { type: { in: [...CONNECTION_ALERTS] } }) }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: SHOWN }),
  ])
  const { muted, roles, addresses, quietFrom, quietTo, timeZone } = settings
  return {
    settings: mayManage ? {
      muted: muted.flatMap((type) => alertTypeSchema.safeParse(type).data ?? []),
      roles, addresses, timeZone,
      quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
    } : null,
    recipients,
    alerts: rows.flatMap(({ id, type, aboutKind, aboutId, name, at, toldAt, wasMoot }): Alert[] => {
      const known = alertTypeSchema.safeParse(type)
      if (!known.success) return []
      return [{ id, type: known.data, about: { kind: aboutKind, id: aboutId }, name, at: at.toISOString(), toldAt: toldAt?.toISOString() ?? null, wasMoot }]
    }),
    sendsMail: getRuntime().env.KEYRACK_SMTP_URL !== undefined,
  }
}
