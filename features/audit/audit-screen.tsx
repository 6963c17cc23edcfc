'use client'

import { useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { useServerClock } from '@/components/use-server-clock'
import type { AuditEventDto } from '@/contracts/audit'
import { ProblemState } from '../problem-state'
import { AuditToolbar } from './audit-toolbar'
import { EventDrawer } from './event-drawer'
import { ExportLinks } from './export-links'
import { auditQueries } from './queries'
import { useAuditColumns } from './use-audit-columns'
import { useAuditQuery } from './use-audit-query'
import { useVerification } from './verify-card'

export type AuditScreenProps = {
  /** The server's instant of rendering. */
  now: string
  /** Whether the person may take the log along, and check it whole. */
  mayExport: boolean
}

/** The audit log, the newest first: filtered as the address says. */
export function AuditScreen({ now, mayExport }: AuditScreenProps) {
  const t = useTranslations('audit')
  useServerClock(now)
  const filters = useAuditQuery()
  const { query, change } = filters
  const [open, setOpen] = useState<AuditEventDto | null>(null)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(auditQueries.list(query))
  const columns = useAuditColumns(now, setOpen)
  const { button, result } = useVerification()
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        secondary={mayExport ? <ExportLinks query={query} /> : undefined}
        action={mayExport ? button : undefined}
      />
      {mayExport && result}
      <AuditToolbar {...filters} />
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {(data !== undefined || error === null) && (
        <div className="-mt-3 flex min-w-0 flex-col gap-3">
          <DataTable
            key={query.before ?? 'newest'}
            caption={t('caption')}
            columns={columns}
            rows={data?.items ?? []}
            rowId={({ id }) => id}
            isLoading={data === undefined}
            isRefreshing={isPlaceholderData}
            empty={<EmptyState icon={<ScrollText />} title={t('empty.title')}>{t('empty.text')}</EmptyState>}
            labels={{ loading: t('loading') }}
          />
          {data !== undefined && (data.next !== null || query.before !== undefined) && (
            <Pagination
              previous={query.before === undefined ? null : { onSelect: () => change({ before: undefined }) }}
              next={data.next === null ? null : { onSelect: () => change({ before: data.next ?? undefined }) }}
              summary={t('summary', { count: data.items.length })}
              labels={{ pages: t('pages'), previous: t('newest'), next: t('older') }}
            />
          )}
        </div>
      )}
      <EventDrawer
        event={open}
        onClose={() => setOpen(null)}
        onFilter={(filter) => {
          setOpen(null)
          change(filter)
        }}
      />
    </>
  )
}
