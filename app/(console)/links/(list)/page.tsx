import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { parseLinkQuery } from '@/features/links/link-query'
import { LinksScreen } from '@/features/links/links-screen'
import { linkQueries } from '@/features/links/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listLinks } from '@/server/links/list-links'
import { listQuarantinedGrants } from '@/server/quarantined-grants/get-quarantined-grants'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('links')('title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LinksPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('links:send'))
  const query = parseLinkQuery(await searchParams)
  const client = makeQueryClient()
  const [links, waiting, { items }] = await loadPageData(() => Promise.all([listLinks(viewer, query), listQuarantinedGrants(viewer), listApiClients(viewer)]))
  client.setQueryData(linkQueries.list(query).queryKey, links)
  client.setQueryData(linkQueries.waiting().queryKey, waiting)
  const { clock, publicUrl } = getRuntime()
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LinksScreen
        now={clock().toISOString()}
        role={viewer.role}
        apiClients={items.map(({ id, name }) => ({ id, name }))}
        consoleUrl={publicUrl}
      />
    </HydrationBoundary>
  )
}
