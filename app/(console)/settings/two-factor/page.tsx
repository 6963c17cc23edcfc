import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { twoFactorQueries } from '@/features/two-factor/queries'
import { TwoFactorScreen } from '@/features/two-factor/two-factor-screen'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getTwoFactor } from '@/server/two-factor/get-two-factor'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('twoFactor')('title') }

export default async function TwoFactorPage() {
  const viewer = await loadPageData(() => requirePageViewer('account:own'))
  const client = makeQueryClient()
  client.setQueryData(twoFactorQueries.state().queryKey, await loadPageData(() => getTwoFactor(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TwoFactorScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
