'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import type { SessionSummary } from '@/contracts/sessions'
import { DeviceCell } from './device-cell'
import { EndSession } from './end-session'

/** Columns of the list. `now` is the server's instant of rendering. */
export function useSessionColumns(now: string): DataTableColumn<SessionSummary>[] {
  const t = useTranslations('sessions')
  return useMemo(() => {
    const time = (at: string) => <RelativeTime at={at} now={now} />
    return [
      { id: 'device', header: t('columns.device'), cell: (session) => <DeviceCell session={session} />, card: 'title', grow: true },
      { id: 'address', header: t('columns.address'), cell: ({ address }) => <Address address={address} /> },
      { id: 'started', header: t('columns.started'), cell: ({ createdAt }) => time(createdAt) },
      { id: 'lastSeen', header: t('columns.lastSeen'), cell: ({ lastSeenAt }) => time(lastSeenAt) },
      { id: 'ends', header: t('columns.ends'), cell: ({ expiresAt }) => time(expiresAt), from: 'lg' },
      {
        id: 'actions',
        header: t('columns.actions'),
        hideHeader: true,
        align: 'end',
        cell: (session) => <EndSession session={session} />,
      },
    ]
  }, [t, now])
}

function Address({ address }: { address: string }) {
  const t = useTranslations('sessions')
  return <span className="font-mono text-[0.8125rem]">{address === 'unresolved' ? t('unknownAddress') : address}</span>
}
