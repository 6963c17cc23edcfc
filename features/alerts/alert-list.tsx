'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { StatusPill } from '@/components/status-pill'
import type { Alert } from '@/contracts/alerts'
import { pages } from '@/contracts/paths'
import { typeKey } from './type-key'

/** What people were told of lately, and what waits. */
export function AlertList({ alerts, now }: { alerts: readonly Alert[]; now: string }) {
  const t = useTranslations('alerts')
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  return (
    <section aria-labelledby="last-alerts" className="flex min-w-0 flex-col gap-3">
      <h2 id="last-alerts" className="text-[0.9375rem] font-semibold">
        {t('list.title')}
      </h2>
      <DataTable
        caption={t('list.caption')}
        columns={columns}
        rows={alerts}
        rowId={({ id }) => id}
        empty={<p className="px-4 py-8 text-center text-muted">{t('list.empty')}</p>}
        labels={{ loading: t('list.loading') }}
      />
    </section>
  )
}

type Texts = ReturnType<typeof useTranslations<'alerts'>>

function columnsOf(t: Texts, now: string): readonly DataTableColumn<Alert>[] {
  return [
    { id: 'what', header: t('list.columns.what'), card: 'title', grow: true, cell: (alert) => <What alert={alert} t={t} /> },
    { id: 'at', header: t('list.columns.at'), cell: ({ at }) => <RelativeTime at={at} now={now} /> },
    { id: 'told', header: t('list.columns.told'), cell: (alert) => <Told alert={alert} t={t} now={now} /> },
  ]
}

function What({ alert: { type, name, about }, t }: { alert: Alert; t: Texts }) {
  const title = t(`told.${typeKey(type)}.title`, { count: 1, name })
  const href = hrefOf(about)
  return href ? <RowLink href={href} className="wrap-anywhere">{title}</RowLink> : <span className="wrap-anywhere">{title}</span>
}

function Told({ alert: { toldAt, wasMoot }, t, now }: { alert: Alert; t: Texts; now: string }) {
  if (toldAt === null) return <StatusPill tone="accent">{t('list.waiting')}</StatusPill>
  if (!wasMoot) return <RelativeTime at={toldAt} now={now} />
  return (
    <span className="flex flex-col max-sm:items-end">
      <span>{t('list.moot')}</span>
      <span className="text-[0.8125rem] text-muted">{t('list.mootHint')}</span>
    </span>
  )
}

function hrefOf({ kind, id }: Alert['about']): string | null {
  switch (kind) {
    case 'connection':
      return pages.connection(id)
    case 'api_client':
      return pages.apiClient(id)
    case 'machine_key':
      return pages.machineKey(id)
    case 'webhook':
      return pages.webhook(id)
    case 'organization':
      return pages.breach()
    default:
      return null
  }
}
