'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { SecretTail } from '@/components/secret-tail'
import type { Taker } from '@/contracts/hand-outs'
import { pages } from '@/contracts/paths'
import { MACHINE_KEY_PREFIXES } from '@/lib/machine-key'
import { ProblemState } from '../problem-state'
import { AddressCell } from './address-cell'
import { handOutQueries } from './queries'

type Texts = ReturnType<typeof useTranslations<'handOuts'>>

/** Who was handed this connection's access tokens, from where and how often. */
export function TakersTable({ connectionId, now }: { connectionId: string; now: string }) {
  const t = useTranslations('handOuts')
  const { data, error, isFetching, refetch } = useQuery(handOutQueries.ofConnection(connectionId))
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  if (error !== null && data === undefined) {
    return <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />
  }
  return (
    <DataTable
      caption={t('ofConnection.title')}
      columns={columns}
      rows={data?.items ?? []}
      rowId={({ machineKey, address }) => `${machineKey.id} ${address}`}
      isLoading={data === undefined}
      skeletonRows={2}
      labels={{ loading: t('loading') }}
      empty={<p className="p-4 text-muted">{t('ofConnection.none')}</p>}
    />
  )
}

function columnsOf(t: Texts, now: string): readonly DataTableColumn<Taker>[] {
  return [
    { id: 'key', header: t('columns.key'), card: 'title', grow: true, cell: ({ machineKey }) => <KeyCell machineKey={machineKey} t={t} /> },
    { id: 'address', header: t('columns.address'), cell: ({ address, firstAt }) => <AddressCell address={address} firstAt={firstAt} now={now} /> },
    { id: 'first', header: t('columns.first'), from: 'lg', cell: ({ firstAt }) => <RelativeTime at={firstAt} now={now} /> },
    { id: 'last', header: t('columns.last'), cell: ({ lastAt }) => <RelativeTime at={lastAt} now={now} /> },
    { id: 'day', header: t('columns.day'), align: 'end', cell: ({ inDay }) => t('count', { count: inDay }) },
    { id: 'month', header: t('columns.month'), align: 'end', cell: ({ in30Days }) => t('count', { count: in30Days }) },
  ]
}

function KeyCell({ machineKey: { id, name, environment, last4 }, t }: { machineKey: Taker['machineKey']; t: Texts }) {
  return (
    <span className="flex min-w-0 flex-col items-start">
      <Link href={pages.machineKey(id)} className="font-medium wrap-anywhere hover:underline hover:underline-offset-4">
        {name}
      </Link>
      <SecretTail last4={last4} prefix={MACHINE_KEY_PREFIXES[environment]} label={t('tail')} className="text-muted" />
    </span>
  )
}
