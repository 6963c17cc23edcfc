import 'server-only'
import { alertTypeSchema } from '@/contracts/events'
import type { Alert, AlertsOverview } from '@/contracts/alerts'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { findRecipients } from './find-recipients'
import { readAlertSettings } from './read-alert-settings'

const SHOWN = 50

/** How the organization is told, who is, and the last alerts. */
export async function getAlerts({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<AlertsOverview> {
  const settings = await readAlertSettings(db(), organizationId)
  const [recipients, rows] = await Promise.all([
    findRecipients(db(), settings),
    db().alert.findMany({ where: { organizationId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: SHOWN }),
  ])
  const { muted, roles, addresses, quietFrom, quietTo, timeZone } = settings
  return {
    settings: {
      muted: muted.flatMap((type) => alertTypeSchema.safeParse(type).data ?? []),
      roles, addresses, timeZone,
      quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
    },
    recipients,
    alerts: rows.flatMap(({ id, type, aboutKind, aboutId, name, at, toldAt, wasMoot }): Alert[] => {
      const known = alertTypeSchema.safeParse(type)
      if (!known.success) return []
      return [{ id, type: known.data, about: { kind: aboutKind, id: aboutId }, name, at: at.toISOString(), toldAt: toldAt?.toISOString() ?? null, wasMoot }]
    }),
    sendsMail: getRuntime().env.KEYRACK_SMTP_URL !== undefined,
  }
}
