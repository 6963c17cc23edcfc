'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import type { Recipient } from '@/contracts/campaigns'
import { isErrorCode } from '@/contracts/errors'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { RecipientStatePill } from './state-pills'

type Texts = ReturnType<typeof useTranslations<'campaigns'>>
type ErrorTexts = ReturnType<typeof useTranslations<'errors'>>
type CellProps = { row: Recipient; t: Texts; now: string }

/** The columns of the recipients. */
export function useRecipientColumns(now: string): readonly DataTableColumn<Recipient>[] {
  const t = useTranslations('campaigns')
  const errors = useTranslations('errors')
  return useMemo(() => columnsOf(t, errors, now), [t, errors, now])
}

function columnsOf(t: Texts, errors: ErrorTexts, now: string): readonly DataTableColumn<Recipient>[] {
  return [
    { id: 'property', header: t('recipients.columns.property'), card: 'title', grow: true, cell: (row) => <Property row={row} t={t} /> },
    { id: 'state', header: t('recipients.columns.state'), cell: (row) => <State row={row} t={t} errors={errors} /> },
    { id: 'contact', header: t('recipients.columns.contact'), from: 'md', cell: (row) => <ContactCell row={row} t={t} /> },
    { id: 'mails', header: t('recipients.columns.mails'), from: 'lg', cell: (row) => <Mails row={row} t={t} now={now} /> },
    { id: 'next', header: t('recipients.columns.next'), from: 'xl', cell: ({ nextMailAt }) => (nextMailAt === null ? <Nothing /> : <RelativeTime at={nextMailAt} now={now} />) },
  ]
}

function Property({ row: { connection, linkId }, t }: Omit<CellProps, 'now'>) {
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5">
      <RowLink href={linkId === null ? pages.connection(connection.id) : pages.link(linkId)} className="wrap-anywhere">
        {showInvisible(connection.name)}
      </RowLink>
      <span className="text-[0.8125rem] wrap-anywhere text-muted">{t('leftOut.id', { id: showInvisible(connection.upstreamId) })}</span>
    </span>
  )
}

function State({ row: { state, failure, mailFailure }, t, errors }: Omit<CellProps, 'now'> & { errors: ErrorTexts }) {
  const why = state === 'bounced' && mailFailure !== null ? t('recipients.bounce', { code: mailFailure }) : null
  const what = state === 'failed' && isErrorCode(failure) ? errors(`${failure}.what`) : why
  return (
    <span className="flex flex-col items-start gap-0.5 max-sm:items-end">
      <RecipientStatePill state={state} />
      {what !== null && <span className="max-w-56 text-[0.8125rem] text-pretty text-muted">{what}</span>}
    </span>
  )
}

function ContactCell({ row: { contact } }: Pick<CellProps, 'row' | 't'>) {
  const { name, email } = contact
  if (name === null && email === null) return <Nothing />
  return (
    <span className="flex flex-col wrap-anywhere sm:min-w-52">
      {name !== null && showInvisible(name)}
      {email !== null && <span className="text-[0.8125rem] text-muted">{showInvisible(email)}</span>}
    </span>
  )
}

function Mails({ row: { mails, lastMailAt }, t, now }: CellProps) {
  if (mails === 0 || lastMailAt === null) return <Nothing />
  return (
    <span className="flex flex-col max-sm:items-end">
      <span className="tabular-nums">{t('recipients.mails', { count: mails })}</span>
      <span className="text-[0.8125rem] text-muted">
        <RelativeTime at={lastMailAt} now={now} />
      </span>
    </span>
  )
}

function Nothing() {
  return <span className="text-muted">–</span>
}
