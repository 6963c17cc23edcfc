import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { LinkScreen } from '@/features/links/link-screen'
import { linkQueries } from '@/features/links/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { showInvisible } from '@/lib/text/show-invisible'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getLink } from '@/server/links/get-link'
import { getRuntime } from '@/server/runtime'

type Props = { params: Promise<{ id: string }> }

/** Once per request: the title and the page need the same. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer('links:send'))
  if (!isUuid(id)) notFound()
  return loadPageData(() => getLink(viewer, id))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { connection } = await load((await params).id)
  const t = translator('links')
  return { title: connection ? t('detail.titleOf', { name: showInvisible(connection.name) }) : t('detail.titleAny') }
}

export default async function LinkPage({ params }: Props) {
  const link = await load((await params).id)
  const client = makeQueryClient()
  client.setQueryData(linkQueries.detail(link.id).queryKey, link)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LinkScreen id={link.id} now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
