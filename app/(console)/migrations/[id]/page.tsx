import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { MigrationScreen } from '@/features/key-migrations/migration-screen'
import { keyMigrationQueries } from '@/features/key-migrations/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getKeyMigration } from '@/server/key-migrations/get-key-migration'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('keyMigrations')('title') }

type Props = { params: Promise<{ id: string }> }

export default async function MigrationPage({ params }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('key-migrations:run'))
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  const who = { organizationId: viewer.organizationId, environment: null }
  client.setQueryData(keyMigrationQueries.detail(id).queryKey, await loadPageData(() => getKeyMigration(who, id)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <MigrationScreen id={id} now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
