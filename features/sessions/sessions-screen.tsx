'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import type { SessionSummary } from '@/contracts/sessions'
import { ProblemState } from '../problem-state'
import { DeviceCell } from './device-cell'
import { EndOtherSessions } from './end-other-sessions'
import { EndSession } from './end-session'
import { sessionQueries } from './queries'

/** Where the person is signed in, and how to end that. `now` is the server's instant of rendering. */
export function SessionsScreen({ now }: { now: string }) {
  const t = useTranslations('sessions')
  const { data, error, isFetching, refetch } = useQuery(sessionQueries.list())
  const columns = useColumns(now)
  const others = data?.items.filter((session) => !session.current).length ?? 0
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
        action={others > 0 ? <EndOtherSessions count={others} /> : undefined}
      />
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      {(data !== undefined || error === null) && (
        <DataTable
          caption={t('caption')}
          columns={columns}
          rows={data?.items ?? []}
          rowId={(session) => session.id}
          isLoading={data === undefined}
          skeletonRows={3}
          labels={{ loading: t('loading') }}
        />
      )}
    </>
  )
}

function useColumns(now: string): DataTableColumn<SessionSummary>[] {
  const t = useTranslations('sessions')
  return useMemo(() => {
    const time = (at: string) => <RelativeTime at={at} now={now} />
    return [
      { id: 'device', header: t('columns.device'), cell: (session) => <DeviceCell session={session} />, card: 'title', grow: true },
      { id: 'address', header: t('columns.address'), cell: ({ address }) => <Address address={address} /> },
      { id: 'started', header: t('columns.started'), cell: ({ createdAt }) => time(createdAt) },
      { id: 'lastSeen', header: t('columns.lastSeen'), cell: ({ lastSeenAt }) => time(lastSeenAt) },
      { id: 'ends', header: t('columns.ends'), cell: ({ expiresAt }) => time(expiresAt), from: 'lg' },
      {
        id: 'actions',
        header: t('columns.actions'),
        hideHeader: true,
        align: 'end',
        cell: (session) => <EndSession session={session} />,
      },
    ]
  }, [t, now])
}

function Address({ address }: { address: string }) {
  const t = useTranslations('sessions')
  return <span className="font-mono text-[0.8125rem]">{address === 'unresolved' ? t('unknownAddress') : address}</span>
}
