import { offsetAt } from '@/lib/time/zone-instants'
import { defineRead, defineWrite } from './define-endpoint'
import { alertTypeSchema, type AlertType } from './events'
import { ROLES } from './permissions'
import { z } from './zod'

const instant = z.iso.datetime()
const permission = 'alerts:manage'
/** What the alerts are about that everybody sees who may send a link: the others tell of API clients and machine keys. */
export const CONNECTION_ALERTS = ['connection.reconnect_required', 'connection.refresh_failing'] as const satisfies readonly AlertType[]
const minuteOfDay = z.number().int().min(0).max(1_439)

export const alertSettingsSchema = z.object({
  /** Types that people are not told of. */
  muted: z.array(alertTypeSchema),
  /** Roles whose people get the mails. */
  roles: z.array(z.enum(ROLES)),
  addresses: z.array(z.string()),
  /** Minutes of the local day in which nobody is told; null when people are always told. */
  quiet: z.object({ from: minuteOfDay, to: minuteOfDay }).nullable(),
  timeZone: z.string(),
})
export type AlertSettings = z.infer<typeof alertSettingsSchema>

export const alertSchema = z.object({
  id: z.uuid(),
  type: alertTypeSchema,
  about: z.object({ kind: z.string(), id: z.string() }),
  name: z.string(),
  at: instant,
  /** Null while it waits: for others, or for the quiet hours to end. */
  toldAt: instant.nullable(),
  /** It ended before anybody was told, or its type is muted: nobody was. */
  wasMoot: z.boolean(),
})
export type Alert = z.infer<typeof alertSchema>

const overview = z.object({
  /** Null for who may not change them. */
  settings: alertSettingsSchema.nullable(),
  /** Who gets the mails just now; nobody's business but of those who may change it. */
  recipients: z.array(z.string()),
  /** The last fifty, the newest first. */
  alerts: z.array(alertSchema),
  /** Whether mails go out, or are only written into a folder. */
  sendsMail: z.boolean(),
})
export type AlertsOverview = z.infer<typeof overview>

export const getAlerts = defineRead({ path: '/api/alerts', output: overview, permission: 'alerts:read' })

export const changeAlertSettings = defineWrite({
  method: 'PATCH',
  path: '/api/alerts/settings',
  body: z.strictObject({
    muted: z.array(alertTypeSchema).max(20),
    roles: z.array(z.enum(ROLES)).max(ROLES.length),
    addresses: z.array(z.email().max(254)).max(20),
    quiet: z.strictObject({ from: minuteOfDay, to: minuteOfDay }).nullable(),
    timeZone: z.string().max(60).refine((zone) => offsetAt(0, zone) !== null, { error: 'is no time zone, such as Europe/Rome' }),
  }),
  output: overview,
  permission,
  audit: 'alert_settings.changed',
})
