'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import type { HandOutAddress } from '@/contracts/hand-outs'
import { ProblemState } from '../problem-state'
import { AddressCell } from './address-cell'
import { handOutQueries } from './queries'

type Texts = ReturnType<typeof useTranslations<'handOuts'>>

/** From where a key was handed access tokens. */
export function AddressesTable({ machineKeyId, now }: { machineKeyId: string; now: string }) {
  const t = useTranslations('handOuts')
  const { data, error, isFetching, refetch } = useQuery(handOutQueries.ofMachineKey(machineKeyId))
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  if (error !== null && data === undefined) {
    return <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />
  }
  return (
    <DataTable
      caption={t('ofMachineKey.title')}
      columns={columns}
      rows={data?.items ?? []}
      rowId={({ address }) => address}
      isLoading={data === undefined}
      skeletonRows={2}
      labels={{ loading: t('loading') }}
      empty={<p className="p-4 text-muted">{t('ofMachineKey.none')}</p>}
    />
  )
}

function columnsOf(t: Texts, now: string): readonly DataTableColumn<HandOutAddress>[] {
  return [
    {
      id: 'address',
      header: t('columns.address'),
      card: 'title',
      grow: true,
      cell: ({ address, firstAt }) => <AddressCell address={address} firstAt={firstAt} now={now} />,
    },
    { id: 'first', header: t('columns.first'), cell: ({ firstAt }) => <RelativeTime at={firstAt} now={now} /> },
    { id: 'connections', header: t('columns.connections'), align: 'end', cell: ({ connections }) => t('count', { count: connections }) },
    { id: 'hour', header: t('columns.hour'), align: 'end', cell: ({ inHour }) => t('count', { count: inHour }) },
  ]
}
