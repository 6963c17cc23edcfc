'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
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
      cell: ({ accessFingerprint }) => <code className="font-mono text-xs whitespace-nowrap">{showInvisible(accessFingerprint)}</code>,
    },
    {
      id: 'refresh',
      header: header('refresh'),
      cell: (token) => <RefreshToken token={token} t={t} />,
    },
    {
      id: 'expires',
      header: header('expires'),
      cell: ({ accessExpiresAt, expirySource }) => (
        <span className="flex flex-col">
          <RelativeTime at={accessExpiresAt} now={now} />
          <span className="text-[0.8125rem] text-muted sm:whitespace-nowrap">{t(`detail.sourceShort.${expirySource}`)}</span>
        </span>
      ),
    },
    { id: 'drift', header: header('drift'), align: 'end', cell: ({ driftMs }) => (driftMs === null ? none : formatDrift(driftMs)) },
    { id: 'duration', header: header('duration'), align: 'end', cell: ({ durationMs }) => (durationMs === null ? none : <span className="whitespace-nowrap">{formatElapsed(durationMs)}</span>) },
    {
      id: 'request-id',
      header: header('requestId'),
      cell: ({ upstreamRequestId }) =>
        upstreamRequestId === null ? none : <UpstreamRequestId id={showInvisible(upstreamRequestId)} label={header('requestId')} />,
    },
  ]
}

function lineageHeader(
  t: Texts,
  name: 'at' | 'origin' | 'fingerprint' | 'refresh' | 'expires' | 'drift' | 'duration' | 'requestId',
): string {
  return t(`detail.lineageColumns.${name}`)
}

/** A refresh usually leaves it as it is; any other way brings the first one. */
function RefreshToken({ token: { origin, refreshReplaced }, t }: { token: Token; t: Texts }) {
  if (!refreshReplaced) return <span className="text-muted">{t('detail.kept')}</span>
  return origin === 'refresh' ? t('detail.replaced') : t('detail.new')
}

/** Too long for a column: its beginning, and a button for all of it. */
function UpstreamRequestId({ id, label }: { id: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code title={id} className="max-w-24 truncate font-mono text-xs">
        {id}
      </code>
      <CopyButton text={id} name={label} iconOnly variant="ghost" />
    </span>
  )
}

/** With its sign: before or after what was promised. */
function formatDrift(driftMs: number): string {
  const sign = driftMs > 0 ? '+' : driftMs < 0 ? '−' : ''
  return `${sign}${formatElapsed(Math.abs(driftMs))}`
}
