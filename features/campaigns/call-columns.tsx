import Link from 'next/link'
import type { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { StatusPill } from '@/components/status-pill'
import type { Call } from '@/contracts/campaigns'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { PhoneCodeDialog } from './phone-code-dialog'

type Texts = ReturnType<typeof useTranslations<'campaigns'>>
type Given = { campaignId: string; isOver: boolean; now: string }

/** The columns of the phone list. No row is one link: the number and the code have to be pressed. */
export function callColumns(t: Texts, { campaignId, isOver, now }: Given): readonly DataTableColumn<Call>[] {
  return [
    { id: 'property', header: t('recipients.columns.property'), card: 'title', grow: true, cell: (row) => <Property row={row} t={t} /> },
    { id: 'contact', header: t('phone.columns.contact'), cell: ({ contact }) => (contact.name === null ? <Nothing /> : <span className="inline-block wrap-anywhere sm:min-w-40">{showInvisible(contact.name)}</span>) },
    { id: 'phone', header: t('phone.columns.phone'), cell: ({ contact: { phone } }) => (phone === null ? <Nothing /> : <Phone number={phone} />) },
    { id: 'why', header: t('phone.columns.why'), from: 'md', cell: ({ reason }) => <StatusPill tone="warning">{t(`phone.reason.${reason}`)}</StatusPill> },
    ...(isOver
      ? []
      : [{ id: 'code', header: t('phone.columns.code'), hideHeader: true, cell: (row: Call) => <PhoneCodeDialog campaignId={campaignId} call={row} now={now} /> }]),
  ]
}

function Property({ row: { connection }, t }: { row: Call; t: Texts }) {
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5">
      <Link href={pages.connection(connection.id)} className="font-medium wrap-anywhere hover:underline hover:underline-offset-4">
        {showInvisible(connection.name)}
      </Link>
      <span className="text-[0.8125rem] wrap-anywhere text-muted">{t('leftOut.id', { id: showInvisible(connection.upstreamId) })}</span>
    </span>
  )
}

function Phone({ number }: { number: string }) {
  return (
    <a href={`tel:${number.replace(/[^0-9+]/g, '')}`} className="whitespace-nowrap text-accent-text underline decoration-accent-line underline-offset-4">
      {number}
    </a>
  )
}

function Nothing() {
  return <span className="text-muted">–</span>
}
