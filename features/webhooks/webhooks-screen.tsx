'use client'

import { useQuery } from '@tanstack/react-query'
import { Webhook as WebhookIcon } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import type { Webhook } from '@/contracts/webhooks'
import { ProblemState } from '../problem-state'
import { CreateDialog } from './create-dialog'
import { DeliveryStatePill } from './delivery-state-pill'
import { webhookQueries } from './queries'
import { WebhookStatePill } from './webhook-state-pill'

/** Where the organization is told. `now` is the server's instant of rendering. */
export function WebhooksScreen({ now }: { now: string }) {
  const t = useTranslations('webhooks')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(webhookQueries.list())
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  return (
    <>
      <PageHeader breadcrumb={[{ label: t('settings') }, { label: t('title') }]} title={t('title')} description={t('description')} action={<CreateDialog />} />
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {(data !== undefined || error === null) && (
        <DataTable
          caption={t('caption')}
          columns={columns}
          rows={data?.items ?? []}
          rowId={({ id }) => id}
          isLoading={data === undefined}
          skeletonRows={3}
          empty={
            <EmptyState icon={<WebhookIcon />} title={t('empty.title')}>
              {t('empty.text')}
            </EmptyState>
          }
          labels={{ loading: t('loading') }}
        />
      )}
    </>
  )
}

type Texts = ReturnType<typeof useTranslations<'webhooks'>>

function columnsOf(t: Texts, now: string): readonly DataTableColumn<Webhook>[] {
  return [
    {
      id: 'name', header: t('columns.name'), card: 'title', grow: true,
      cell: ({ id, name, origin }) => (
        <span className="flex min-w-0 flex-col items-start gap-0.5">
          <RowLink href={pages.webhook(id)} className="wrap-anywhere">{name}</RowLink>
          <span className="font-mono text-[0.8125rem] wrap-anywhere text-muted">{origin}</span>
        </span>
      ),
    },
    { id: 'kind', header: t('columns.kind'), from: 'md', cell: ({ kind }) => t(`kinds.${kind}`) },
    { id: 'state', header: t('columns.state'), cell: (webhook) => <WebhookStatePill webhook={webhook} /> },
    { id: 'events', header: t('columns.events'), from: 'lg', cell: ({ events }) => t('eventCount', { count: events.length }) },
    { id: 'last', header: t('columns.last'), cell: ({ lastDelivery }) => <Last delivery={lastDelivery} t={t} now={now} /> },
  ]
}

function Last({ delivery, t, now }: { delivery: Webhook['lastDelivery']; t: Texts; now: string }) {
  if (delivery === null) return <span className="text-muted">{t('never')}</span>
  return (
    <span className="flex flex-wrap items-center gap-2 max-sm:justify-end">
      <RelativeTime at={delivery.at} now={now} />
      <DeliveryStatePill state={delivery.state} />
    </span>
  )
}
