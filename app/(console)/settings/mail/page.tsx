import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { mailQuerySchema } from '@/contracts/mail'
import { MailScreen } from '@/features/mail/mail-screen'
import { mailQueries } from '@/features/mail/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { readUrlQuery } from '@/features/url-query/read-url-query'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listMails } from '@/server/mail/list-mails'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('mail')('title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MailPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('mail:manage'))
  const query = readUrlQuery(mailQuerySchema, await searchParams)
  const client = makeQueryClient()
  client.setQueryData(mailQueries.list(query).queryKey, await loadPageData(() => listMails(viewer, query)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <MailScreen now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
