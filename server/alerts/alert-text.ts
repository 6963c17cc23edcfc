import 'server-only'
import { ALERT_TYPES, type AlertType } from '@/contracts/events'
import { pages } from '@/contracts/paths'
import { translator } from '@/messages/translator'
import type { Alert } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { lineOf, nameOf } from './alert-line'

const MOST_NAMED = 20

/** The mail that tells alerts: one line for what is one thing, names below it, and where to look. */
export function writeAlertMail(alerts: readonly Alert[]): { subject: string; text: string } {
  const t = translator('alerts')
  const groups = groupsOf(alerts)
  const paragraphs = groups.map(({ type, members }) => {
    const { title, address } = tell(type, members)
    return [title, t(`told.${keyOf(type)}.next`), ...linesOf(members).map((line) => `- ${line}`), address].join('\n')
  })
  const [only] = groups
  const subject = only && groups.length === 1 ? tell(only.type, only.members).title : t('mail.subject', { count: alerts.length })
  const settings = `${getRuntime().publicUrl}${pages.alerts()}`
  return { subject, text: `${paragraphs.join('\n\n')}\n\n${t('mail.settings', { address: settings })}\n` }
}

/** The same for a channel, in a line for each kind. */
export function writeAlertMessage(alerts: readonly Alert[]): string {
  return groupsOf(alerts)
    .map(({ type, members }) => {
      const { title, address } = tell(type, members)
      return [`${title}: ${linesOf(members).map(escapeMarkup).join(', ')}`, address].join('\n')
    })
    .join('\n\n')
}

function groupsOf(alerts: readonly Alert[]): { type: AlertType; members: readonly Alert[] }[] {
  return ALERT_TYPES.map((type) => ({ type, members: alerts.filter((alert) => alert.type === type) })).filter(({ members }) => members.length > 0)
}

function tell(type: AlertType, members: readonly Alert[]): { title: string; address: string } {
  const [first] = members
  const path = first && members.length === 1 ? pageOf(first) : (PAGES[type] ?? pages.alerts())
  return {
    title: translator('alerts')(`told.${keyOf(type)}.title`, { count: members.length, name: first ? nameOf(first) : '' }),
    address: `${getRuntime().publicUrl}${path}`,
  }
}

const PAGES: { readonly [T in AlertType]?: string } = {
  'connection.reconnect_required': `${pages.connections()}?status=reconnect_required`,
  'connection.refresh_failing': `${pages.connections()}?status=refresh_failing`,
  'admin_token.ending': pages.apiClients(),
  'quota.low': pages.apiClients(),
  'machine_key.new_address': pages.machineKeys(),
  'machine_key.many_connections': pages.machineKeys(),
  'machine_key.unusual_rate': pages.machineKeys(),
  'hand_outs.frozen': pages.breach(),
  'hand_outs.thawed': pages.breach(),
  'webhook.disabled': pages.webhooks(),
}

function pageOf({ type, aboutKind, aboutId }: Alert): string {
  switch (aboutKind) {
    case 'connection':
      return pages.connection(aboutId)
    case 'api_client':
      return type === 'admin_token.ending' ? pages.adminTokens(aboutId) : pages.apiClient(aboutId)
    case 'machine_key':
      return pages.machineKey(aboutId)
    case 'webhook':
      return pages.webhook(aboutId)
    case 'organization':
      return pages.breach()
    default:
      return pages.alerts()
  }
}

function linesOf(members: readonly Alert[]): string[] {
  const lines = members.slice(0, MOST_NAMED).map(lineOf)
  const more = members.length - lines.length
  return more > 0 ? [...lines, translator('alerts')('mail.more', { count: more })] : lines
}

/** A name must not mention a whole channel, nor become a link. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function keyOf<T extends AlertType>(type: T) {
  return type.replace('.', '_') as T extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never
}
