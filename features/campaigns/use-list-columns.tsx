'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { StackedBar } from '@/components/stacked-bar'
import type { Campaign } from '@/contracts/campaigns'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { SHOWN_STATES, STATE_TONES } from './state-looks'
import { CampaignStatePill } from './state-pills'

type Texts = ReturnType<typeof useTranslations<'campaigns'>>

/** The columns of the list of campaigns. */
export function useListColumns(now: string): readonly DataTableColumn<Campaign>[] {
  const t = useTranslations('campaigns')
  return useMemo(() => columnsOf(t, now), [t, now])
}

function columnsOf(t: Texts, now: string): readonly DataTableColumn<Campaign>[] {
  return [
    { id: 'name', header: t('list.columns.name'), card: 'title', grow: true, cell: (row) => <Name row={row} t={t} /> },
    { id: 'state', header: t('list.columns.state'), cell: ({ state }) => <CampaignStatePill state={state} /> },
    { id: 'progress', header: t('list.columns.progress'), cell: (row) => <Progress row={row} t={t} /> },
    { id: 'toCall', header: t('list.columns.toCall'), align: 'end', from: 'md', cell: ({ toCall }) => toCall.toLocaleString('en') },
    { id: 'started', header: t('list.columns.started'), cell: (row) => <Started row={row} t={t} now={now} /> },
  ]
}

type CellProps = { row: Campaign; t: Texts }

function Name({ row: { id, name, ticket, channel }, t }: CellProps) {
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5">
      <RowLink href={pages.campaign(id)} className="wrap-anywhere">
        {showInvisible(name)}
      </RowLink>
      <span className="text-[0.8125rem] wrap-anywhere text-muted">
        {t(`channel.${channel}`)}
        {ticket !== null && ` · ${ticket}`}
      </span>
    </span>
  )
}

function Progress({ row: { counts, total }, t }: CellProps) {
  return (
    <span className="flex w-40 flex-col gap-1.5 max-sm:items-end">
      <span className="tabular-nums">{t('list.connected', { count: counts.connected, total })}</span>
      <StackedBar className="h-1.5" parts={SHOWN_STATES.map((state) => ({ id: state, count: counts[state], tone: STATE_TONES[state] }))} />
    </span>
  )
}

function Started({ row: { createdAt, createdBy }, t, now }: CellProps & { now: string }) {
  return (
    <span className="flex flex-col max-sm:items-end">
      <RelativeTime at={createdAt} now={now} />
      {createdBy !== null && <span className="text-[0.8125rem] text-muted">{t('list.by', { name: createdBy })}</span>}
    </span>
  )
}
