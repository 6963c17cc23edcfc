import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { listOldKeys as endpoint } from '@/contracts/old-keys'
import { OldKeysScreen } from '@/features/key-migrations/old-keys-screen'
import { keyMigrationQueries } from '@/features/key-migrations/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listOldKeys } from '@/server/key-migrations/list-old-keys'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('keyMigrations')('oldKeys.title') }

export default async function OldKeysPage() {
  const viewer = await loadPageData(() => requirePageViewer('key-migrations:run'))
  const client = makeQueryClient()
  const page = await loadPageData(() => listOldKeys(viewer, endpoint.query.parse({})))
  client.setQueryData(keyMigrationQueries.oldKeys(undefined, 0).queryKey, page)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <OldKeysScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
