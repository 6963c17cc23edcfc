import 'server-only'
import type { Call } from '@/contracts/campaigns'
import { toCsv } from '@/lib/text/to-csv'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { fileNameOf } from './file-name'
import { readRecipients } from './read-recipients'
import { requireCampaign } from './require-campaign'
import { toCall } from './to-dto'

type Whose = Pick<Viewer, 'organizationId'>

/** Whom somebody has to call: without an address, bounced, or silent after the last reminder. @throws AppError `not_found` */
export async function getPhoneList(viewer: Whose, id: string): Promise<{ items: Call[] }> {
  await requireCampaign(viewer, id)
  const of = Prisma.sql`r.campaign_id = ${id}::uuid AND r.organization_id = ${viewer.organizationId}::uuid`
  return { items: (await readRecipients(db(), of, getRuntime().clock())).flatMap(toCall) }
}

/** The same as a file, without links and codes. @throws AppError `not_found` */
export async function exportPhoneList(viewer: Whose, id: string): Promise<{ fileName: string; text: string }> {
  const campaign = await requireCampaign(viewer, id)
  const { items } = await getPhoneList(viewer, id)
  const rows = items.map(({ connection, contact, reason }) => [connection.name, connection.upstreamId, contact.name, contact.phone, contact.email, contact.language, reason])
  return { fileName: fileNameOf(campaign, 'calls'), text: toCsv([['property', 'property_id', 'name', 'phone', 'email', 'language', 'reason'], ...rows]) }
}
