import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { parseCampaignQuery } from '@/features/campaigns/campaign-query'
import { CampaignsScreen } from '@/features/campaigns/campaigns-screen'
import { campaignQueries } from '@/features/campaigns/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listCampaigns } from '@/server/campaigns/list-campaigns'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('campaigns')('title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function CampaignsPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('campaigns:run'))
  const query = parseCampaignQuery(await searchParams)
  const client = makeQueryClient()
  client.setQueryData(campaignQueries.list(query).queryKey, await loadPageData(() => listCampaigns(viewer, query)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CampaignsScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
