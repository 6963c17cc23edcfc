'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { useServerClock } from '@/components/use-server-clock'
import { MACHINE_KEY_SORTS, machineKeyQuerySchema, type MachineKeyPage, type MachineKeyQuery } from '@/contracts/machine-keys'
import { ProblemState } from '../problem-state'
import { useUrlQuery, type UrlQuery } from '../url-query/use-url-query'
import { CreateDialog } from './create-dialog'
import { NoKeys, NoMatch } from './list-empty'
import { isFiltered, ListToolbar } from './list-toolbar'
import { machineKeyQueries } from './queries'
import { useListColumns } from './use-list-columns'

export type MachineKeysScreenProps = {
  /** The server's instant of rendering. */
  now: string
  /** Where back ends find Keyrack. */
  publicUrl: string
}

/** The list of machine keys: searched, filtered, sorted and paged by the server, as the address says. */
export function MachineKeysScreen({ now, publicUrl }: MachineKeysScreenProps) {
  const t = useTranslations('machineKeys')
  const list = useUrlQuery(machineKeyQuerySchema)
  useServerClock(now)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(machineKeyQueries.list(list.query))
  const isEmpty = data !== undefined && !data.hasAny
  // One and the same dialog, wherever its button stands: the first key makes the empty list a full one while it is open.
  const create = <CreateDialog now={now} publicUrl={publicUrl} />
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} action={create} />
      {isEmpty ? <NoKeys publicUrl={publicUrl} /> : <ListToolbar {...list} />}
      {error !== null && (
        <ProblemState
          error={error}
          variant={data === undefined ? 'page' : 'inline'}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {!isEmpty && (data !== undefined || error === null) && <Rows list={list} page={data} now={now} isRefreshing={isPlaceholderData} />}
    </>
  )
}

type RowsProps = { list: UrlQuery<MachineKeyQuery>; page: MachineKeyPage | undefined; now: string; isRefreshing: boolean }

function Rows({ list: { query, change }, page, now, isRefreshing }: RowsProps) {
  const t = useTranslations('machineKeys.list')
  const columns = useListColumns(now)
  const turnTo = (number: number) => ({
    onSelect: () => {
      change({ page: number })
      window.scrollTo({ top: 0 })
    },
  })
  const isSettled = page !== undefined && !isRefreshing
  return (
    <div className="-mt-3 flex min-w-0 flex-col gap-3">
      <DataTable
        // A new page begins at its top.
        key={query.page}
        caption={t('caption')}
        columns={columns}
        rows={page?.items ?? []}
        rowId={(row) => row.id}
        sort={{ columnId: query.sort, direction: query.direction }}
        onSortChange={({ columnId, direction }) => change({ sort: MACHINE_KEY_SORTS.find((sort) => sort === columnId), direction })}
        isLoading={page === undefined}
        isRefreshing={isRefreshing}
        empty={
          <NoMatch
            showsAll={query.show === 'all'}
            onShowAll={() => change({ show: 'all' })}
            onClear={() => change({ q: undefined, show: undefined })}
          />
        }
        labels={{ loading: t('loading'), sortBy: t('sortBy'), ascending: t('ascending'), descending: t('descending') }}
      />
      {page !== undefined && page.total > 0 && (
        <Pagination
          previous={page.page > 1 ? turnTo(page.page - 1) : null}
          next={page.hasNext ? turnTo(page.page + 1) : null}
          summary={t('summary', { shown: page.items.length, total: page.total })}
          labels={{ pages: t('pages'), previous: t('previous'), next: t('next') }}
        />
      )}
      <LiveRegion message={isSettled && isFiltered(query) ? t('found', { total: page.total }) : ''} />
    </div>
  )
}
