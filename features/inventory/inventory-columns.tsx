import type { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import type { HeldSecret } from '@/contracts/inventory'
import { showInvisible } from '@/lib/text/show-invisible'

type T = ReturnType<typeof useTranslations<'inventory'>>

/** Columns of the list. `now` is the server's instant of rendering. */
export function inventoryColumns(t: T, now: string): readonly DataTableColumn<HeldSecret>[] {
  return [
    { id: 'name', header: t('columns.name'), card: 'title', grow: true, cell: (secret) => <Name secret={secret} t={t} /> },
    { id: 'kind', header: t('columns.kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
    { id: 'since', header: t('columns.since'), cell: ({ since }) => <Moment at={since} now={now} absent={t('unknown')} /> },
    { id: 'used', header: t('columns.used'), cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} now={now} absent={t('never')} /> },
    { id: 'readers', header: t('columns.readers'), cell: ({ readers }) => <Readers readers={readers} t={t} now={now} /> },
  ]
}

function Name({ secret: { name, last4 }, t }: { secret: HeldSecret; t: T }) {
  return (
    <span className="flex min-w-0 flex-col items-start">
      <span className="wrap-anywhere">{showInvisible(name)}</span>
      {last4 !== null && <span className="text-[0.8125rem] text-muted">{t('tail', { last4 })}</span>}
    </span>
  )
}

function Moment({ at, now, absent }: { at: string | null; now: string; absent: string }) {
  return at === null ? <span className="text-muted">{absent}</span> : <RelativeTime at={at} now={now} />
}

function Readers({ readers, t, now }: { readers: HeldSecret['readers']; t: T; now: string }) {
  if (readers.length === 0) return <span className="text-muted">{t('nobody')}</span>
  return (
    <ul className="flex flex-col">
      {readers.map(({ name, address, at }) => (
        <li key={`${name} ${address}`} className="text-[0.8125rem] wrap-anywhere">
          {showInvisible(name)} {address !== null && t('from', { address })}, <RelativeTime at={at} now={now} />
        </li>
      ))}
    </ul>
  )
}
