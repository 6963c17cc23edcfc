'use client'

import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { FilterSelect } from '@/components/filter-select'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { buttonVariants } from '@/components/ui/button-variants'
import { cn } from '@/components/ui/cn'
import { useServerClock } from '@/components/use-server-clock'
import { exportInventory, inventoryQuerySchema, SECRET_KINDS, type InventoryPage } from '@/contracts/inventory'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { useUrlQuery } from '../url-query/use-url-query'
import { inventoryColumns } from './inventory-columns'
import { inventoryQueries } from './queries'

/** Every secret that is held, without its value. `now` is the server's instant of rendering. */
export function InventoryScreen({ now }: { now: string }) {
  const t = useTranslations('inventory')
  useServerClock(now)
  const { query, change } = useUrlQuery(inventoryQuerySchema)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(inventoryQueries.list(query))
  const columns = useMemo(() => inventoryColumns(t, now), [t, now])
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('breach'), href: pages.breach() }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
        action={
          <a href={exportInventory.path} download className={cn(buttonVariants({ variant: 'primary' }))}>
            <Download aria-hidden />
            {t('csv')}
          </a>
        }
      />
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {(data !== undefined || error === null) && (
        <div className="flex min-w-0 flex-col gap-3">
          <FilterSelect
            label={t('filter')}
            value={query.kind ?? ''}
            options={kindOptions(data, t)}
            onChange={(value) => change({ kind: SECRET_KINDS.find((kind) => kind === value) })}
            className="w-fit max-sm:w-full"
          />
          <DataTable
            key={`${query.kind} ${query.page}`}
            caption={t('caption')}
            columns={columns}
            rows={data?.items ?? []}
            rowId={({ kind, id }) => `${kind} ${id}`}
            isLoading={data === undefined}
            isRefreshing={isPlaceholderData}
            empty={<p className="px-4 py-8 text-center text-muted">{t('none')}</p>}
            labels={{ loading: t('loading') }}
          />
          {data !== undefined && data.total > 0 && (
            <Pagination
              previous={data.page > 1 ? { onSelect: () => change({ page: data.page - 1 }) } : null}
              next={data.hasNext ? { onSelect: () => change({ page: data.page + 1 }) } : null}
              summary={t('summary', { shown: data.items.length, total: data.total })}
              labels={{ pages: t('pages'), previous: t('previous'), next: t('next') }}
            />
          )}
        </div>
      )}
    </>
  )
}

function kindOptions(data: InventoryPage | undefined, t: ReturnType<typeof useTranslations<'inventory'>>) {
  const counts = data?.counts ?? []
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  return [
    { value: '', label: t('all', { count: all }) },
    ...counts.map(({ kind, count }) => ({ value: kind, label: t('kindCount', { kind: t(`kinds.${kind}`), count }) })),
  ]
}
