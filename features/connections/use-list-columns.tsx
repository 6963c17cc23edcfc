'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { ExpiryBar } from '@/components/expiry-bar'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import type { ConnectionSummary } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { ConnectionEnvironmentBadge } from './connection-environment'
import { ConnectionStatusPill } from './connection-status-pill'
import { LastRefresh } from './last-refresh'
import { NetworkBadge } from './network-badge'

type Texts = ReturnType<typeof useTranslations<'connections'>>

/** The columns of the list; the ids of those that sort are the contract's words for the order. */
export function useListColumns(now: string): readonly DataTableColumn<ConnectionSummary>[] {
  const t = useTranslations('connections')
  return useMemo(() => columns(t, now), [t, now])
}

function columns(t: Texts, now: string): readonly DataTableColumn<ConnectionSummary>[] {
  return [
    { id: 'name', header: t('list.columns.name'), sortable: true, card: 'title', grow: true, cell: (row) => <Name row={row} t={t} /> },
    {
      id: 'status',
      header: t('list.columns.status'),
      cell: ({ status, cause }) => <ConnectionStatusPill status={status} cause={cause} narrow />,
    },
    { id: 'expires', header: t('list.columns.expires'), sortable: true, cell: (row) => <Expiry row={row} t={t} now={now} /> },
    {
      id: 'last-refresh',
      header: t('list.columns.lastRefresh'),
      sortable: true,
      from: 'md',
      cell: (row) => <LastRefresh lastRefreshAt={row.lastRefreshAt} lastRefreshOutcome={row.lastRefreshOutcome} now={now} />,
    },
    {
      id: 'api-client',
      header: t('list.columns.apiClient'),
      from: 'xl',
      cell: ({ apiClient, environment }) => (
        <span className="flex flex-col items-start gap-0.5 max-sm:items-end">
          <span className="max-w-40 truncate">{apiClient.name}</span>
          <ConnectionEnvironmentBadge environment={environment} />
        </span>
      ),
    },
    {
      id: 'created',
      header: t('list.columns.created'),
      sortable: true,
      from: 'xl',
      cell: (row) => <RelativeTime at={row.createdAt} now={now} />,
    },
  ]
}

type CellProps = { row: ConnectionSummary; t: Texts }

function Name({ row, t }: CellProps) {
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <RowLink href={pages.connection(row.id)} className="wrap-anywhere">
        {showInvisible(row.name)}
      </RowLink>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.8125rem] text-muted">
        <span className="wrap-anywhere">{t('octorateId', { id: showInvisible(row.upstreamId) })}</span>
        <NetworkBadge isNetwork={row.isNetwork} propertyCount={row.propertyCount} />
      </span>
    </span>
  )
}

function Expiry({ row, t, now }: CellProps & { now: string }) {
  if (row.accessExpiresAt === null) return <span className="text-muted">{t('noToken')}</span>
  return <ExpiryBar expiresAt={row.accessExpiresAt} now={now} overText={t('expired')} announceAtMs={SILENT} />
}

/** Fifty countdowns that all spoke would drown out everything else. */
const SILENT: readonly number[] = []
