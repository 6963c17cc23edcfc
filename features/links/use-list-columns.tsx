'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import type { LinkSummary } from '@/contracts/links'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { LinkStatePill } from './link-state-pill'
import { TicketLink } from './ticket-link'

type Texts = ReturnType<typeof useTranslations<'links'>>

export function useListColumns(now: string): readonly DataTableColumn<LinkSummary>[] {
  const t = useTranslations('links')
  return useMemo(() => columns(t, now), [t, now])
}

function columns(t: Texts, now: string): readonly DataTableColumn<LinkSummary>[] {
  return [
    { id: 'property', header: t('list.columns.property'), card: 'title', grow: true, cell: (row) => <Property row={row} t={t} /> },
    { id: 'state', header: t('list.columns.state'), cell: ({ state }) => <LinkStatePill state={state} /> },
    { id: 'recipient', header: t('list.columns.recipient'), from: 'lg', cell: (row) => <Recipient row={row} /> },
    { id: 'ticket', header: t('list.columns.ticket'), from: 'md', cell: (row) => <TicketLink {...row} /> },
    { id: 'created', header: t('list.columns.created'), cell: (row) => <Sent row={row} t={t} now={now} /> },
    { id: 'expires', header: t('list.columns.expires'), from: 'xl', cell: ({ expiresAt }) => <RelativeTime at={expiresAt} now={now} /> },
  ]
}

function Property({ row, t }: { row: LinkSummary; t: Texts }) {
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5">
      <RowLink href={pages.link(row.id)} className="wrap-anywhere">
        {nameOfLink(row, t)}
      </RowLink>
      <span className="text-[0.8125rem] text-muted">{t(`kind.${row.kind}`)}</span>
    </span>
  )
}

/** What a link is for, in words. */
export function nameOfLink({ connection, propertyId }: Pick<LinkSummary, 'connection' | 'propertyId'>, t: Texts): string {
  if (connection) return showInvisible(connection.name)
  return propertyId === null ? t('list.anyProperty') : t('list.property', { id: propertyId })
}

function Recipient({ row: { recipientName, recipientEmail } }: { row: LinkSummary }) {
  if (recipientName === null && recipientEmail === null) return <span className="text-muted">–</span>
  return (
    <span className="flex flex-col wrap-anywhere">
      {recipientName}
      {recipientEmail !== null && <span className="text-[0.8125rem] text-muted">{recipientEmail}</span>}
    </span>
  )
}

function Sent({ row: { createdAt, createdBy }, t, now }: { row: LinkSummary; t: Texts; now: string }) {
  return (
    <span className="flex flex-col max-sm:items-end">
      <RelativeTime at={createdAt} now={now} />
      {createdBy !== null && <span className="text-[0.8125rem] text-muted">{t('list.by', { name: createdBy })}</span>}
    </span>
  )
}
