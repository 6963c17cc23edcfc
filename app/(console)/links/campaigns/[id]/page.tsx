import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { parseRecipientQuery } from '@/features/campaigns/campaign-query'
import { CampaignScreen } from '@/features/campaigns/campaign-screen'
import { campaignQueries } from '@/features/campaigns/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { showInvisible } from '@/lib/text/show-invisible'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getCampaign } from '@/server/campaigns/get-campaign'
import { listRecipients } from '@/server/campaigns/list-recipients'
import { getRuntime } from '@/server/runtime'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Once per request: the title and the page need the same. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer('campaigns:run'))
  if (!isUuid(id)) notFound()
  return { viewer, campaign: await loadPageData(() => getCampaign(viewer, id)) }
})

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { campaign } = await load((await params).id)
  return { title: showInvisible(campaign.name) }
}

export default async function CampaignPage({ params, searchParams }: Props) {
  const { viewer, campaign } = await load((await params).id)
  const { query } = parseRecipientQuery(await searchParams)
  const client = makeQueryClient()
  client.setQueryData(campaignQueries.detail(campaign.id).queryKey, campaign)
  client.setQueryData(campaignQueries.recipients(campaign.id, query).queryKey, await loadPageData(() => listRecipients(viewer, campaign.id, query)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CampaignScreen id={campaign.id} now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
