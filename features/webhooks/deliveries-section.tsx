'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { FilterSelect } from '@/components/filter-select'
import { Pagination } from '@/components/pagination'
import { RelativeTime } from '@/components/relative-time'
import { DELIVERY_STATES, deliveryQuerySchema, type Delivery } from '@/contracts/webhooks'
import { ProblemState } from '../problem-state'
import { useUrlQuery } from '../url-query/use-url-query'
import { DeliveryDialog } from './delivery-dialog'
import { DeliveryStatePill } from './delivery-state-pill'
import { webhookQueries } from './queries'
import { useOutcome } from './use-outcome'

/** What a webhook was sent, the newest first. */
export function DeliveriesSection({ webhookId, now }: { webhookId: string; now: string }) {
  const t = useTranslations('webhooks.deliveries')
  const outcomeOf = useOutcome()
  const { query, change } = useUrlQuery(deliveryQuerySchema)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(webhookQueries.deliveries(webhookId, query))
  const columns = useMemo(() => columnsOf({ t, outcomeOf, webhookId, now }), [t, outcomeOf, webhookId, now])
  return (
    <section aria-labelledby="deliveries" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="deliveries" className="text-[0.9375rem] font-semibold">
            {t('title')}
          </h2>
          <p className="text-[0.8125rem] text-muted">{t('description')}</p>
        </div>
        <FilterSelect
          label={t('filter')}
          value={query.state ?? ''}
          options={[{ value: '', label: t('all') }, ...DELIVERY_STATES.map((value) => ({ value, label: t(`states.${value}`) }))]}
          onChange={(value) => change({ state: DELIVERY_STATES.find((state) => state === value) })}
          className="max-sm:w-full"
        />
      </div>
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      {(data !== undefined || error === null) && (
        <DataTable
          key={query.page}
          caption={t('caption')}
          columns={columns}
          rows={data?.items ?? []}
          rowId={({ id }) => id}
          isLoading={data === undefined}
          isRefreshing={isPlaceholderData}
          skeletonRows={3}
          empty={<p className="px-4 py-8 text-center text-muted">{t(query.state === undefined ? 'empty' : 'noMatch')}</p>}
          labels={{ loading: t('loading') }}
        />
      )}
      {data !== undefined && data.total > 0 && (
        <Pagination
          previous={data.page > 1 ? { onSelect: () => change({ page: data.page - 1 }) } : null}
          next={data.hasNext ? { onSelect: () => change({ page: data.page + 1 }) } : null}
          summary={t('summary', { shown: data.items.length, total: data.total })}
          labels={{ pages: t('pages'), previous: t('previous'), next: t('next') }}
        />
      )}
    </section>
  )
}

interface Columns {
  readonly t: ReturnType<typeof useTranslations<'webhooks.deliveries'>>
  readonly outcomeOf: ReturnType<typeof useOutcome>
  readonly webhookId: string
  readonly now: string
}

function columnsOf({ t, outcomeOf, webhookId, now }: Columns): readonly DataTableColumn<Delivery>[] {
  return [
    {
      id: 'event', header: t('columns.event'), card: 'title', grow: true,
      cell: (delivery) => <DeliveryDialog webhookId={webhookId} delivery={delivery} now={now} />,
    },
    { id: 'state', header: t('columns.state'), cell: ({ state }) => <DeliveryStatePill state={state} /> },
    { id: 'last', header: t('columns.last'), cell: ({ attempts: [last] }) => <span className="inline-block sm:min-w-28">{last ? outcomeOf(last) : t('none')}</span> },
    { id: 'tries', header: t('columns.tries'), align: 'end', from: 'md', cell: ({ tries }) => tries },
    { id: 'at', header: t('columns.at'), cell: ({ createdAt }) => <RelativeTime at={createdAt} now={now} /> },
  ]
}
