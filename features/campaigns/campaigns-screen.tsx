'use client'

import { useQuery } from '@tanstack/react-query'
import { Megaphone } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { parseCampaignQuery } from './campaign-query'
import { FolderAlert } from './folder-alert'
import { campaignQueries } from './queries'
import { useListColumns } from './use-list-columns'

/** Every campaign, newest first. */
export function CampaignsScreen({ now }: { now: string }) {
  const t = useTranslations('campaigns')
  useServerClock(now)
  const query = parseCampaignQuery({ page: useSearchParams().get('page') ?? undefined })
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(campaignQueries.list(query))
  const columns = useListColumns(now)
  const start = (
    <ButtonLink variant="primary" href={pages.newCampaign()}>
      {t('list.start')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('list.links'), href: pages.links() }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
        secondary={<ButtonLink href={pages.importContacts()}>{t('list.contacts')}</ButtonLink>}
        action={start}
      />
      {error !== null && <ProblemState error={error} variant={data ? 'inline' : 'page'} onRetry={() => void refetch()} retrying={isFetching} />}
      {data?.sendsMail === false && <FolderAlert />}
      {(data !== undefined || error === null) && (
        <div className="flex min-w-0 flex-col gap-3">
          <DataTable
            key={query.page}
            caption={t('list.caption')}
            columns={columns}
            rows={data?.items ?? []}
            rowId={(row) => row.id}
            isLoading={data === undefined}
            isRefreshing={isPlaceholderData}
            skeletonRows={4}
            labels={{ loading: t('list.loading') }}
            empty={
              <EmptyState icon={<Megaphone />} title={t('list.empty.title')} action={start}>
                {t('list.empty.text')}
              </EmptyState>
            }
          />
          {data !== undefined && data.total > 0 && (
            <Pagination
              previous={data.page > 1 ? { href: pageHref(data.page - 1) } : null}
              next={data.hasNext ? { href: pageHref(data.page + 1) } : null}
              summary={t('list.summary', { shown: data.items.length, total: data.total })}
              labels={{ pages: t('list.pages'), previous: t('list.previous'), next: t('list.next') }}
            />
          )}
        </div>
      )}
    </>
  )
}

function pageHref(page: number): string {
  return page === 1 ? pages.campaigns() : `${pages.campaigns()}?page=${page}`
}
