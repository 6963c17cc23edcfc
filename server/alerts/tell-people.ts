import 'server-only'
import type { AlertType } from '@/contracts/events'
import { isQuiet } from '@/lib/alerts/quiet-hours'
import type { Transaction } from '../db'
import { Prisma, type Alert } from '../generated/prisma/client'
import { queueMail } from '../mail/queue-mail'
import { addDeliveries } from '../webhooks/queue-deliveries'
import { writeAlertMail, writeAlertMessage } from './alert-text'
import { findMoot } from './find-moot'
import { findRecipients } from './find-recipients'
import { readAlertSettings } from './read-alert-settings'

/** What breaks together is told together: so long the first waits for the others. */
const GATHERED_MS = 10_000
/** And so long the next mail waits after one that went out. */
const BETWEEN_MAILS_MS = 5 * 60_000
const MOST_TOLD = 5_000
/** What a stolen key does is told without that wait: it is once a day for a key at most, and minutes count. */
const URGENT: readonly AlertType[] = ['machine_key.many_connections', 'machine_key.unusual_rate']

/**
 * Tells the people of one organization whatever waits, in one mail for each of them and one message for each channel,
 * unless it is quiet there or a mail has just gone out and nothing is urgent. What ended by itself meanwhile is left out.
 *
 * @returns whether there may be another organization.
 */
export async function tellPeople(tx: Transaction, now: Date): Promise<boolean> {
  const organizationId = await findDue(tx, now)
  if (organizationId === null) return false
  const waiting = await tx.alert.findMany({ where: { organizationId, toldAt: null }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: MOST_TOLD })
  const moot = await findMoot(tx, waiting)
  const alerts = waiting.filter(({ id }) => !moot.has(id))
  await tx.alert.updateMany({ where: { id: { in: alerts.map(({ id }) => id) } }, data: { toldAt: now } })
  await tx.alert.updateMany({ where: { id: { in: [...moot] } }, data: { toldAt: now, wasMoot: true } })
  if (alerts.length === 0) return true
  await mailTo(tx, organizationId, alerts)
  await postTo(tx, { organizationId, alerts, now })
  await tx.alertSettings.upsert({
    where: { organizationId },
    create: { organizationId, lastToldAt: now, muted: [], addresses: [] },
    update: { lastToldAt: now },
  })
  return true
}

/** An organization with an alert that has waited for others, where people may be told just now. */
async function findDue(tx: Transaction, now: Date): Promise<string | null> {
  const where = { toldAt: null, at: { lte: new Date(now.getTime() - GATHERED_MS) } }
  const waiting = await tx.alert.groupBy({ by: ['organizationId'], where })
  if (waiting.length === 0) return null
  const urgent = await tx.alert.groupBy({ by: ['organizationId'], where: { ...where, type: { in: [...URGENT] } } })
  const inHaste = new Set(urgent.map(({ organizationId }) => organizationId))
  for (const { organizationId } of waiting) {
    const settings = await readAlertSettings(tx, organizationId)
    const isTooSoon = settings.lastToldAt !== null && now.getTime() - settings.lastToldAt.getTime() < BETWEEN_MAILS_MS
    if ((!isTooSoon || inHaste.has(organizationId)) && !isQuiet(settings, now)) return organizationId
  }
  return null
}

/** Whether there may be one: when it is quiet somewhere is not looked at. */
export function anybodyToTell(now: Date): Prisma.Sql {
  const [gathered, calm] = [new Date(now.getTime() - GATHERED_MS), new Date(now.getTime() - BETWEEN_MAILS_MS)]
  return Prisma.sql`EXISTS (
    SELECT 1 FROM alerts a LEFT JOIN alert_settings s ON s.organization_id = a.organization_id
    WHERE a.told_at IS NULL AND a.at <= ${gathered} AND (s.last_told_at IS NULL OR s.last_told_at <= ${calm} OR a.type = ANY (${[...URGENT]}::text[]))
  )`
}

async function mailTo(tx: Transaction, organizationId: string, alerts: readonly Alert[]): Promise<void> {
  const recipients = await findRecipients(tx, await readAlertSettings(tx, organizationId))
  const { subject, text } = writeAlertMail(alerts)
  for (const to of recipients) await queueMail(tx, { organizationId, to, subject, text, kind: 'alert' })
}

async function postTo(tx: Transaction, { organizationId, alerts, now }: { organizationId: string; alerts: readonly Alert[]; now: Date }): Promise<void> {
  const channels = await tx.webhookEndpoint.findMany({ where: { organizationId, kind: 'slack', disabledAt: null } })
  const messages = channels.flatMap(({ id, events }) => {
    const wanted = alerts.filter(({ type }) => events.includes(type))
    const [first] = wanted
    if (!first) return []
    return [{ endpointId: id, organizationId, eventId: first.id, eventType: first.type, body: JSON.stringify({ text: writeAlertMessage(wanted) }) }]
  })
  await addDeliveries(tx, messages, now)
}
