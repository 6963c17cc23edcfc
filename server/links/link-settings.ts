import 'server-only'
import type { LinkSettings } from '@/contracts/links'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'

/** How the organization's links go together with its support desk. */
export async function getLinkSettings({ organizationId }: { readonly organizationId: string }): Promise<LinkSettings> {
  const row = await db().linkSettings.findUnique({ where: { organizationId } })
  return { ticketUrl: row?.ticketUrl ?? null }
}

export async function changeLinkSettings({ viewer, context }: Actor, { ticketUrl }: LinkSettings): Promise<LinkSettings> {
  const { organizationId, userId } = viewer
  await transaction(async (tx) => {
    await tx.linkSettings.upsert({ where: { organizationId }, create: { organizationId, ticketUrl }, update: { ticketUrl } })
    await recordAudit(tx, {
      action: 'link_settings.changed', outcome: 'success', organizationId, actor: { kind: 'user', id: userId }, detail: { ticketUrl },
      context, at: getRuntime().clock(),
    })
  })
  return { ticketUrl }
}
