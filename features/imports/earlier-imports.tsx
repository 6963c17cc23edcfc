'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import type { ImportDetail } from '@/contracts/imports'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { ImportStatePill } from './import-state-pill'
import { importQueries } from './queries'

/** What was imported before, newest first. */
export function EarlierImports({ now }: { now: string }) {
  const t = useTranslations('imports.earlier')
  const { data, error, isFetching, refetch } = useQuery(importQueries.list())
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  return (
    <section aria-labelledby="earlier-imports" className="flex min-w-0 flex-col gap-3">
      <h2 id="earlier-imports" className="text-[0.9375rem] font-semibold">
        {t('title')}
      </h2>
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      {(data !== undefined || error === null) && (
        <DataTable
          caption={t('caption')}
          columns={columns}
          rows={data?.items ?? []}
          rowId={(row) => row.id}
          isLoading={data === undefined}
          skeletonRows={2}
          empty={<p className="px-4 py-8 text-center text-muted">{t('empty')}</p>}
        />
      )}
    </section>
  )
}

type Texts = ReturnType<typeof useTranslations<'imports.earlier'>>

function columnsOf(t: Texts, now: string): readonly DataTableColumn<ImportDetail>[] {
  return [
    {
      id: 'name', header: t('columns.name'), card: 'title', grow: true,
      cell: (row) => <RowLink href={pages.connectionImport(row.id)} className="wrap-anywhere">{row.name}</RowLink>,
    },
    { id: 'state', header: t('columns.state'), cell: (row) => <ImportStatePill state={row.state} /> },
    { id: 'lines', header: t('columns.lines'), cell: (row) => t('lines', { stored: row.counts.stored, total: row.total }) },
    { id: 'apiClient', header: t('columns.apiClient'), from: 'lg', cell: (row) => row.apiClient.name },
    { id: 'started', header: t('columns.started'), cell: (row) => <RelativeTime at={row.createdAt} now={now} /> },
  ]
}
