import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { runwayQueries } from '@/features/runway/queries'
import { RunwayScreen } from '@/features/runway/runway-screen'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { topUpQueries } from '@/features/top-ups/queries'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'
import { getForecast } from '@/server/runway/get-forecast'
import { getRunway } from '@/server/runway/get-runway'
import { listTopUps } from '@/server/top-ups/list-top-ups'

export const metadata: Metadata = { title: translator('runway')('title') }

export default async function RunwayPage() {
  const viewer = await loadPageData(() => requirePageViewer('connections:read'))
  const client = makeQueryClient()
  const [runway, forecast, topUps] = await loadPageData(() => Promise.all([getRunway(viewer), getForecast(viewer), listTopUps(viewer)]))
  client.setQueryData(runwayQueries.runway().queryKey, runway)
  client.setQueryData(runwayQueries.forecast().queryKey, forecast)
  client.setQueryData(topUpQueries.list().queryKey, topUps)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RunwayScreen now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
