'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowRightLeft } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import type { KeyMigration } from '@/contracts/key-migrations'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemState } from '../problem-state'
import { MigrationStatePill } from './migration-state-pill'
import { keyMigrationQueries } from './queries'

/** Every migration, newest first. */
export function MigrationsScreen({ now }: { now: string }) {
  const t = useTranslations('keyMigrations')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(keyMigrationQueries.list())
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  const start = (
    <ButtonLink variant="primary" href={pages.newKeyMigration()}>
      {t('action')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        action={start}
        secondary={<ButtonLink href={pages.oldKeys()}>{t('list.oldKeys')}</ButtonLink>}
      />
      {error !== null && <ProblemState error={error} variant={data ? 'inline' : 'page'} onRetry={() => void refetch()} retrying={isFetching} />}
      {(data !== undefined || error === null) && (
        <DataTable
          caption={t('list.caption')}
          columns={columns}
          rows={data?.items ?? []}
          rowId={(row) => row.id}
          isLoading={data === undefined}
          skeletonRows={4}
          empty={
            <EmptyState icon={<ArrowRightLeft />} title={t('list.empty.title')} action={start}>
              {t('list.empty.text')}
            </EmptyState>
          }
        />
      )}
    </>
  )
}

type Texts = ReturnType<typeof useTranslations<'keyMigrations'>>

function columnsOf(t: Texts, now: string): readonly DataTableColumn<KeyMigration>[] {
  return [
    {
      id: 'name', header: t('list.columns.name'), card: 'title', grow: true,
      cell: (row) => <RowLink href={pages.keyMigration(row.id)} className="wrap-anywhere">{showInvisible(row.name)}</RowLink>,
    },
    { id: 'state', header: t('list.columns.state'), cell: (row) => <MigrationStatePill state={row.state} /> },
    { id: 'lines', header: t('list.columns.lines'), cell: (row) => <Lines migration={row} /> },
    { id: 'apiClient', header: t('list.columns.apiClient'), from: 'lg', cell: (row) => row.apiClient.name },
    { id: 'started', header: t('list.columns.started'), cell: (row) => <RelativeTime at={row.createdAt} now={now} /> },
  ]
}

function Lines({ migration: { counts, total } }: { migration: KeyMigration }) {
  const t = useTranslations('keyMigrations.list')
  const waiting = counts.failed + counts.ambiguous
  return (
    <div className="whitespace-nowrap">
      <p className="tabular-nums">{t('lines', { verified: counts.verified, total })}</p>
      {waiting > 0 && <p className="text-[0.8125rem] text-warning-text">{t('attention', { count: waiting })}</p>}
    </div>
  )
}
