import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { MigrationsScreen } from '@/features/key-migrations/migrations-screen'
import { keyMigrationQueries } from '@/features/key-migrations/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listKeyMigrations } from '@/server/key-migrations/list-key-migrations'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('keyMigrations')('title') }

export default async function MigrationsPage() {
  const viewer = await loadPageData(() => requirePageViewer('key-migrations:run'))
  const client = makeQueryClient()
  client.setQueryData(keyMigrationQueries.list().queryKey, await loadPageData(() => listKeyMigrations(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <MigrationsScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
