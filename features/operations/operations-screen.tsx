'use client'

import { useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { EmptyState } from '@/components/empty-state'
import { FilterSelect } from '@/components/filter-select'
import { formatElapsed } from '@/components/format-time'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { RelativeTime } from '@/components/relative-time'
import { SearchInput } from '@/components/search-input'
import { Button } from '@/components/ui/button'
import { useServerClock } from '@/components/use-server-clock'
import { CONNECTION_CALLS, OPERATION_CALLS, OPERATION_CAUSES, operationQuerySchema, type Operation, type OperationQuery } from '@/contracts/operations'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemState } from '../problem-state'
import { useUrlQuery } from '../url-query/use-url-query'
import { CausesCard } from './causes-card'
import { OperationDialog } from './operation-dialog'
import { OutcomePill } from './outcome-pill'
import { operationQueries } from './queries'

const OUTCOMES = operationQuerySchema.shape.outcome.unwrap().options
const NO_FILTER = { outcome: undefined, call: undefined, cause: undefined, apiClient: undefined, connection: undefined, q: undefined }

/**
 * Every call to Octorate that this role may see: why those that failed did, and the list, filtered as the address says.
 * `now` is the server's instant.
 */
export function OperationsScreen({ role, now }: { role: Role; now: string }) {
  const t = useTranslations('operations')
  useServerClock(now)
  const { query, change } = useUrlQuery(operationQuerySchema)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(operationQueries.list(query))
  const mayOpenApiClient = roleMay(role, 'api-clients:read')
  const columns = useMemo(() => columnsOf(t, { now, mayOpenApiClient }), [t, now, mayOpenApiClient])
  const isFiltered = Object.entries(query).some(([name, value]) => name !== 'page' && value !== undefined && value !== 'all')
  const turnTo = (page: number) => ({ onSelect: () => (change({ page }), window.scrollTo({ top: 0 })) })
  return (
    <>
      <PageHeader title={t('title')} description={t(mayOpenApiClient ? 'description' : 'ofConnections')} />
      <CausesCard now={now} onShow={(filter) => change({ ...NO_FILTER, ...filter })} />
      <Filters query={query} change={change} isFiltered={isFiltered} calls={mayOpenApiClient ? OPERATION_CALLS : CONNECTION_CALLS} />
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {(data !== undefined || error === null) && (
        <div className="-mt-3 flex min-w-0 flex-col gap-3">
          <DataTable
            key={query.page}
            caption={t('caption')}
            columns={columns}
            rows={data?.items ?? []}
            rowId={({ id }) => id}
            isLoading={data === undefined}
            isRefreshing={isPlaceholderData}
            empty={
              isFiltered ? (
                <p className="px-4 py-8 text-center text-muted">{t('noMatch')}</p>
              ) : (
                <EmptyState icon={<ScrollText />} title={t('empty.title')}>
                  {t('empty.text')}
                </EmptyState>
              )
            }
            labels={{ loading: t('loading') }}
          />
          {data !== undefined && (data.hasNext || data.page > 1) && (
            <Pagination
              previous={data.page > 1 ? turnTo(data.page - 1) : null}
              next={data.hasNext ? turnTo(data.page + 1) : null}
              summary={t('summary', { page: data.page })}
              labels={{ pages: t('pages'), previous: t('previous'), next: t('next') }}
            />
          )}
        </div>
      )}
    </>
  )
}

type FiltersProps = {
  query: OperationQuery
  change: (change: Partial<Record<keyof OperationQuery, unknown>>) => void
  isFiltered: boolean
  calls: typeof CONNECTION_CALLS
}

function Filters({ query, change, isFiltered, calls }: FiltersProps) {
  const t = useTranslations('operations')
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput label={t('search')} value={query.q ?? ''} onSearch={(text) => change({ q: text.trim().slice(0, 60) })} clearLabel={t('clearSearch')} />
      <FilterSelect
        label={t('outcome')}
        value={query.outcome}
        options={OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        onChange={(outcome) => change({ outcome })}
        className="max-sm:grow"
      />
      <FilterSelect
        label={t('call')}
        value={query.call ?? ''}
        options={[{ value: '', label: t('any') }, ...calls.map((value) => ({ value, label: t(`calls.${value}`) }))]}
        onChange={(call) => change({ call })}
        className="max-w-full max-sm:grow"
      />
      <FilterSelect
        label={t('cause')}
        value={query.cause ?? ''}
        options={[{ value: '', label: t('any') }, ...OPERATION_CAUSES.map((value) => ({ value, label: t(`causes.${value}.name`) }))]}
        onChange={(cause) => change({ cause })}
        className="max-w-full max-sm:grow"
      />
      {isFiltered && (
        <Button variant="ghost" onClick={() => change(NO_FILTER)}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}

type Texts = ReturnType<typeof useTranslations<'operations'>>

function columnsOf(t: Texts, { now, mayOpenApiClient }: { now: string; mayOpenApiClient: boolean }): readonly DataTableColumn<Operation>[] {
  return [
    { id: 'call', header: t('columns.call'), card: 'title', cell: (operation) => <OperationDialog operation={operation} mayOpenApiClient={mayOpenApiClient} /> },
    { id: 'outcome', header: t('columns.outcome'), cell: (operation) => <OutcomePill operation={operation} /> },
    { id: 'about', header: t('columns.about'), grow: true, cell: ({ connection, apiClient }) => <span className="wrap-anywhere">{connection?.name ?? apiClient?.name ?? ''}</span> },
    { id: 'duration', header: t('columns.duration'), align: 'end', from: 'md', cell: ({ durationMs }) => <span className="whitespace-nowrap">{formatElapsed(durationMs)}</span> },
    {
      id: 'requestId', header: t('columns.requestId'), from: 'xl',
      cell: ({ requestId }) => <span className="font-mono text-xs">{requestId?.slice(0, 8) ?? ''}</span>,
    },
    { id: 'at', header: t('columns.at'), cell: ({ at }) => <RelativeTime at={at} now={now} /> },
  ]
}
