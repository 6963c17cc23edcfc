'use client'

import { CircleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { ExpiryBar } from '@/components/expiry-bar'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { TONE_TEXT } from '@/components/ui/tone'
import type { ApiClientSummary } from '@/contracts/api-clients'
import { firstPageOf } from '../go-live/first-page-of'
import { ADMIN_TOKEN_LIFE_MS, ADMIN_TOKEN_THRESHOLDS } from './admin-token-life'
import { ApiClientEnvironmentBadge } from './environment'

/** Columns of the list. `now` is the server's instant of rendering. */
export function useListColumns(now: string): DataTableColumn<ApiClientSummary>[] {
  const t = useTranslations('apiClients')
  return useMemo(
    () => [
      { id: 'name', header: t('list.columns.name'), cell: (apiClient) => <NameCell apiClient={apiClient} />, card: 'title', grow: true },
      {
        id: 'environment',
        header: t('list.columns.environment'),
        cell: ({ environment }) => <ApiClientEnvironmentBadge environment={environment} />,
      },
      { id: 'upstream', header: t('list.columns.upstream'), cell: ({ upstream }) => <span className="whitespace-nowrap">{upstream.label}</span>, from: 'lg' },
      { id: 'connections', header: t('list.columns.connections'), cell: ({ connectionCount }) => connectionCount, align: 'end' },
      { id: 'adminToken', header: t('list.columns.adminToken'), cell: (apiClient) => <AdminTokenCell apiClient={apiClient} now={now} /> },
      { id: 'created', header: t('list.columns.created'), cell: ({ createdAt }) => <RelativeTime at={createdAt} now={now} />, from: 'xl' },
    ],
    [t, now],
  )
}

function NameCell({ apiClient }: { apiClient: ApiClientSummary }) {
  const t = useTranslations('apiClients')
  return (
    <div className="min-w-0">
      <RowLink href={firstPageOf(apiClient)}>{apiClient.name}</RowLink>
      <p className="text-[0.8125rem] wrap-anywhere text-muted">{t('list.clientId', { clientId: apiClient.clientId })}</p>
      {apiClient.refusedAt !== null && (
        <p className={`inline-flex items-center gap-1 text-[0.8125rem] ${TONE_TEXT.danger}`}>
          <CircleAlert aria-hidden className="size-3.5 shrink-0" />
          {t('list.refused')}
        </p>
      )}
    </div>
  )
}

function AdminTokenCell({ apiClient, now }: { apiClient: ApiClientSummary; now: string }) {
  const t = useTranslations('apiClients')
  const { adminTokenExpiresAt } = apiClient
  if (adminTokenExpiresAt === null) return <span className="text-muted">{t('list.noAdminToken')}</span>
  return (
    <ExpiryBar
      expiresAt={adminTokenExpiresAt}
      now={now}
      totalMs={ADMIN_TOKEN_LIFE_MS}
      thresholds={ADMIN_TOKEN_THRESHOLDS}
      overText={t('list.adminTokenExpired')}
      announceText={t('adminToken.left')}
    />
  )
}
