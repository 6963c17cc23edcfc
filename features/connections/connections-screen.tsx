'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import { CONNECTION_SORTS, type ConnectionPage, type ConnectionSummary } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { newCampaignHref, toCampaignFilter } from '../campaigns/campaign-query'
import { ProblemState } from '../problem-state'
import { RunwayBanner } from '../runway/runway-banner'
import { BucketCards } from './bucket-cards'
import { NONE_CHOSEN } from './chosen-rows'
import { isFiltered } from './connection-query'
import { NoConnections, NoMatch } from './list-empty'
import { ListToolbar, type ApiClientChoice } from './list-toolbar'
import { connectionQueries } from './queries'
import { SelectionBar } from './selection-bar'
import { useListColumns } from './use-list-columns'
import { useListQuery, type ListQuery } from './use-list-query'
import { useSelectColumn } from './use-select-column'

export type ConnectionsScreenProps = {
  /** The server's instant of rendering. */
  now: string
  role: Role
  apiClients: readonly ApiClientChoice[]
}

/** The list of connections: searched, filtered, sorted and paged by the server, as the address says. */
export function ConnectionsScreen({ now, role, apiClients }: ConnectionsScreenProps) {
  const t = useTranslations('connections.list')
  const list = useListQuery()
  useServerClock(now)
  const { query } = list
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(connectionQueries.list(query))

  const mayConnect = roleMay(role, 'connections:connect')
  const isEmpty = data?.total === 0 && !isFiltered(query) && !isPlaceholderData
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        secondary={
          <>
            {roleMay(role, 'connections:import') && <ButtonLink href={pages.importConnections()}>{t('import')}</ButtonLink>}
            {roleMay(role, 'campaigns:run') && !isEmpty && <ButtonLink href={newCampaignHref(toCampaignFilter(query))}>{t('campaign')}</ButtonLink>}
          </>
        }
        action={
          mayConnect && !isEmpty ? (
            <ButtonLink variant="primary" href={pages.newConnection()}>
              {t('connect')}
            </ButtonLink>
          ) : undefined
        }
      />
      {isEmpty ? (
        <NoConnections mayConnect={mayConnect} />
      ) : (
        <>
          <RunwayBanner />
          <BucketCards {...list} />
          <ListToolbar {...list} apiClients={apiClients} />
        </>
      )}
      {error !== null && (
        <ProblemState
          error={error}
          variant={data === undefined ? 'page' : 'inline'}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {!isEmpty && (data !== undefined || error === null) && (
        <Rows list={list} page={data} now={now} isRefreshing={isPlaceholderData} maySend={roleMay(role, 'links:send')} />
      )}
    </>
  )
}

type RowsProps = { list: ListQuery; page: ConnectionPage | undefined; now: string; isRefreshing: boolean; maySend: boolean }

function Rows({ list: { query, change }, page, now, isRefreshing, maySend }: RowsProps) {
  const t = useTranslations('connections.list')
  const [chosen, setChosen] = useState(NONE_CHOSEN)
  const rows = page?.items ?? NO_ROWS
  const choosing = useMemo(() => (maySend ? { chosen, setChosen } : undefined), [maySend, chosen])
  const columns = useSelectColumn(useListColumns(now), rows, choosing)
  const turnTo = (cursor: string | null | undefined) => {
    if (cursor === null || cursor === undefined) return null
    return {
      onSelect: () => {
        change({ cursor })
        window.scrollTo({ top: 0 })
      },
    }
  }
  const isSettled = page !== undefined && !isRefreshing
  return (
    <div className="-mt-3 flex min-w-0 flex-col gap-3">
      <DataTable
        // A new page begins at its top.
        key={query.cursor ?? ''}
        caption={t('caption')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        sort={{ columnId: query.sort, direction: query.direction }}
        onSortChange={({ columnId, direction }) =>
          change({ sort: CONNECTION_SORTS.find((sort) => sort === columnId), direction })
        }
        isLoading={page === undefined}
        isRefreshing={isRefreshing}
        empty={<NoMatch onClear={() => change({ q: undefined, status: undefined, bucket: undefined, apiClient: undefined })} />}
        labels={{ loading: t('loading'), sortBy: t('sortBy'), ascending: t('ascending'), descending: t('descending') }}
      />
      {page !== undefined && page.total > 0 && (
        <Pagination
          previous={turnTo(page.previousCursor)}
          next={turnTo(page.nextCursor)}
          summary={t('summary', { shown: page.items.length, total: page.total })}
          labels={{ pages: t('pages'), previous: t('previous'), next: t('next') }}
        />
      )}
      {choosing && <SelectionBar {...choosing} rows={rows} now={now} />}
      <LiveRegion message={isSettled && isFiltered(query) ? t('found', { total: page.total }) : ''} />
    </div>
  )
}

const NO_ROWS: readonly ConnectionSummary[] = []
