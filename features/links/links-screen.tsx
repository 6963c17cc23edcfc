'use client'

import { useQuery } from '@tanstack/react-query'
import { Link2, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import type { LinkPage } from '@/contracts/links'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemState } from '../problem-state'
import { ConnectLinkDialog, type LinkableClient } from './connect-link-dialog'
import { isFiltered } from './link-query'
import { ListToolbar } from './list-toolbar'
import { linkQueries } from './queries'
import { SettingsDialog } from './settings-dialog'
import { useListColumns } from './use-list-columns'
import { useListQuery, type ListQuery } from './use-list-query'
import { WaitingConsents } from './waiting-consents'

export type LinksScreenProps = {
  /** The server's instant of rendering. */
  now: string
  role: Role
  apiClients: readonly LinkableClient[]
  consoleUrl: string
}

/** The list of links: rows that live, filtered and paged by the server, as the address says. */
export function LinksScreen({ now, role, apiClients, consoleUrl }: LinksScreenProps) {
  const t = useTranslations('links')
  const list = useListQuery()
  useServerClock(now)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(linkQueries.list(list.query))
  const isEmpty = data !== undefined && !data.hasAny
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        secondary={
          <>
            {roleMay(role, 'links:configure') && <SettingsDialog consoleUrl={consoleUrl} />}
            {roleMay(role, 'campaigns:run') && <ButtonLink href={pages.campaigns()}>{t('campaigns')}</ButtonLink>}
          </>
        }
        action={<ConnectLinkDialog apiClients={apiClients} now={now} />}
      />
      <WaitingConsents now={now} />
      {isEmpty ? (
        <EmptyState icon={<Link2 />} title={t('list.empty.title')} className="rounded-lg border bg-surface shadow-xs">
          {t('list.empty.text')}
        </EmptyState>
      ) : (
        <ListToolbar {...list} />
      )}
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {!isEmpty && (data !== undefined || error === null) && <Rows list={list} page={data} now={now} isRefreshing={isPlaceholderData} />}
    </>
  )
}

type RowsProps = { list: ListQuery; page: LinkPage | undefined; now: string; isRefreshing: boolean }

function Rows({ list: { query, change }, page, now, isRefreshing }: RowsProps) {
  const t = useTranslations('links.list')
  const columns = useListColumns(now)
  const turnTo = (number: number) => ({
    onSelect: () => {
      change({ page: number })
      window.scrollTo({ top: 0 })
    },
  })
  const clear = () => change({ q: undefined, state: undefined, kind: undefined, connection: undefined })
  return (
    <div className="-mt-3 flex min-w-0 flex-col gap-3">
      <DataTable
        // A new page begins at its top.
        key={query.page}
        caption={t('caption')}
        columns={columns}
        rows={page?.items ?? []}
        rowId={(row) => row.id}
        isLoading={page === undefined}
        isRefreshing={isRefreshing}
        empty={
          <EmptyState icon={<SearchX />} title={t('noMatch.title')} action={<Button onClick={clear}>{t('clearAll')}</Button>}>
            {t('noMatch.text')}
          </EmptyState>
        }
        labels={{ loading: t('loading') }}
      />
      {page !== undefined && page.total > 0 && (
        <Pagination
          previous={page.page > 1 ? turnTo(page.page - 1) : null}
          next={page.hasNext ? turnTo(page.page + 1) : null}
          summary={t('summary', { shown: page.items.length, total: page.total })}
          labels={{ pages: t('pages'), previous: t('previous'), next: t('next') }}
        />
      )}
      <LiveRegion message={page !== undefined && !isRefreshing && isFiltered(query) ? t('found', { total: page.total }) : ''} />
    </div>
  )
}
