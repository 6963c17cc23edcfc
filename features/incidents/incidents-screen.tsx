'use client'

import { useQuery } from '@tanstack/react-query'
import { Siren } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { StatusPill } from '@/components/status-pill'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import type { IncidentSummary } from '@/contracts/incidents'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { OpenDialog } from './open-dialog'
import { incidentQueries } from './queries'

/** Where a breach is worked on, and practised. `now` is the server's instant of rendering. */
export function IncidentsScreen({ now }: { now: string }) {
  const t = useTranslations('incidents')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(incidentQueries.list())
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
        secondary={
          <>
            <ButtonLink href={pages.inventory()}>{t('inventory')}</ButtonLink>
            <OpenDialog kind="drill" />
          </>
        }
        action={<OpenDialog kind="real" />}
      />
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
            <EmptyState icon={<Siren />} title={t('empty.title')}>
              {t('empty.text')}
            </EmptyState>
          }
          labels={{ loading: t('loading') }}
        />
      )}
    </>
  )
}

function columnsOf(t: ReturnType<typeof useTranslations<'incidents'>>, now: string): readonly DataTableColumn<IncidentSummary>[] {
  return [
    {
      id: 'summary',
      header: t('columns.summary'),
      card: 'title',
      grow: true,
      cell: ({ id, summary }) => (
        <RowLink href={pages.incident(id)} className="wrap-anywhere">
          {summary}
        </RowLink>
      ),
    },
    { id: 'kind', header: t('columns.kind'), cell: ({ kind }) => <Badge tone={kind === 'real' ? 'danger' : 'info'}>{t(`kind.${kind}`)}</Badge> },
    {
      id: 'state',
      header: t('columns.state'),
      cell: ({ closedAt }) => <StatusPill tone={closedAt === null ? 'warning' : 'success'}>{t(closedAt === null ? 'state.open' : 'state.closed')}</StatusPill>,
    },
    { id: 'steps', header: t('columns.steps'), cell: ({ stepsSettled, stepsTotal }) => t('stepsOf', { settled: stepsSettled, total: stepsTotal }) },
    { id: 'opened', header: t('columns.opened'), cell: ({ openedAt }) => <RelativeTime at={openedAt} now={now} /> },
    { id: 'openedBy', header: t('columns.openedBy'), from: 'lg', cell: ({ openedBy }) => openedBy ?? t('somebody') },
  ]
}
