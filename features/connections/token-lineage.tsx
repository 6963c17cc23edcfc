'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { formatElapsed } from '@/components/format-time'
import { RelativeTime } from '@/components/relative-time'
import { Badge } from '@/components/ui/badge'
import type { ConnectionDetail } from '@/contracts/connections'
import { showInvisible } from '@/lib/text/show-invisible'

type Token = ConnectionDetail['lineage'][number]
type Texts = ReturnType<typeof useTranslations<'connections'>>

/** Where each token came from. */
export function TokenLineage({ connection, now }: { connection: ConnectionDetail; now: string }) {
  const t = useTranslations('connections')
  const { lineage, accessExpiresAt } = connection
  const newestId = accessExpiresAt === null ? null : (lineage[0]?.id ?? null)
  const columns = useMemo(() => lineageColumns({ t, now, newestId }), [t, now, newestId])
  return (
    <DataTable
      caption={t('detail.sections.lineage')}
      columns={columns}
      rows={lineage}
      rowId={(row) => row.id}
      empty={<p className="p-4 text-muted">{t('detail.noLineage')}</p>}
    />
  )
}

function lineageColumns({ t, now, newestId }: { t: Texts; now: string; newestId: string | null }): readonly DataTableColumn<Token>[] {
  const header = (name: Parameters<typeof lineageHeader>[1]) => lineageHeader(t, name)
  const none = t('detail.none')
  return [
    {
      id: 'at',
      header: header('at'),
      card: 'title',
      cell: ({ id, at }) => (
        <span className="flex items-center gap-2">
          <RelativeTime at={at} now={now} />
          {id === newestId && <Badge tone="success">{t('detail.newest')}</Badge>}
        </span>
      ),
    },
    { id: 'origin', header: header('origin'), cell: ({ origin }) => <span className="sm:whitespace-nowrap">{t(`origin.${origin}`)}</span> },
    {
      id: 'fingerprint',
      header: header('fingerprint'),
      cell: ({ accessFingerprint }) => <code className="font-mono text-xs wrap-anywhere">{showInvisible(accessFingerprint)}</code>,
    },
    {
      id: 'refresh',
      header: header('refresh'),
      cell: ({ refreshReplaced }) => (refreshReplaced ? t('detail.replaced') : <span className="text-muted">{t('detail.kept')}</span>),
    },
    { id: 'expires', header: header('expires'), cell: ({ accessExpiresAt }) => <RelativeTime at={accessExpiresAt} now={now} /> },
    { id: 'source', header: header('source'), cell: ({ expirySource }) => <span className="sm:whitespace-nowrap">{t(`detail.sourceShort.${expirySource}`)}</span> },
    { id: 'drift', header: header('drift'), align: 'end', cell: ({ driftMs }) => (driftMs === null ? none : formatDrift(driftMs)) },
    { id: 'duration', header: header('duration'), align: 'end', cell: ({ durationMs }) => (durationMs === null ? none : formatElapsed(durationMs)) },
    {
      id: 'request-id',
      header: header('requestId'),
      cell: ({ upstreamRequestId }) =>
        upstreamRequestId === null ? none : <code className="font-mono text-xs wrap-anywhere">{showInvisible(upstreamRequestId)}</code>,
    },
  ]
}

function lineageHeader(
  t: Texts,
  name: 'at' | 'origin' | 'fingerprint' | 'refresh' | 'expires' | 'source' | 'drift' | 'duration' | 'requestId',
): string {
  return t(`detail.lineageColumns.${name}`)
}

/** With its sign: before or after what was promised. */
function formatDrift(driftMs: number): string {
  const sign = driftMs > 0 ? '+' : driftMs < 0 ? '−' : ''
  return `${sign}${formatElapsed(Math.abs(driftMs))}`
}
