import 'server-only'
import type { RecipientPage, RecipientQuery } from '@/contracts/campaigns'
import { storable } from '@/lib/text/storable'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { recipientsNow, type RecipientNow } from './recipients-now'
import { requireCampaign } from './require-campaign'
import { toRecipient } from './to-dto'

const PAGE_SIZE = 50

/** One page of a campaign's recipients by name, as they stand now. @throws AppError `not_found` */
export async function listRecipients(viewer: Pick<Viewer, 'organizationId'>, id: string, { state, q, page }: RecipientQuery): Promise<RecipientPage> {
  await requireCampaign(viewer, id)
  const of = Prisma.sql`r.campaign_id = ${id}::uuid AND r.organization_id = ${viewer.organizationId}::uuid ${q ? Prisma.sql`AND ${whereText(q)}` : Prisma.empty}`
  const inState = state ? Prisma.sql`WHERE state = ${state}` : Prisma.empty
  const now = getRuntime().clock()
  const [rows, totals] = await Promise.all([
    db().$queryRaw<RecipientNow[]>`
      SELECT * FROM ${recipientsNow(of, now)} r ${inState} ORDER BY name, id LIMIT ${PAGE_SIZE + 1} OFFSET ${(page - 1) * PAGE_SIZE}`,
    db().$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM ${recipientsNow(of, now)} r ${inState}`,
  ])
  return { items: rows.slice(0, PAGE_SIZE).map(toRecipient), page, hasNext: rows.length > PAGE_SIZE, total: totals[0]?.total ?? 0 }
}

/** `%`, `_` and the backslash mean themselves. */
function whereText(q: string): Prisma.Sql {
  const pattern = `%${storable(q).toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return Prisma.sql`(k.search_text LIKE ${pattern} OR lower(k.contact_name) LIKE ${pattern} OR lower(k.contact_email) LIKE ${pattern})`
}
