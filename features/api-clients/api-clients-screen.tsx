'use client'

import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { EmptyState } from '@/components/empty-state'
import { ExpiryBar } from '@/components/expiry-bar'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { ButtonLink } from '@/components/ui/button-link'
import type { ApiClientSummary } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemState } from '../problem-state'
import { ADMIN_TOKEN_LIFE_MS, ADMIN_TOKEN_THRESHOLDS } from './admin-token-life'
import { ApiClientEnvironmentBadge } from './environment'
import { apiClientQueries } from './queries'

/** Every API client of the organization. `now` is the server's instant of rendering. */
export function ApiClientsScreen({ now, role }: { now: string; role: Role }) {
  const t = useTranslations('apiClients')
  const { data, error, isFetching, refetch } = useQuery(apiClientQueries.list())
  const columns = useColumns(now)
  const isEmpty = data?.items.length === 0
  const register = roleMay(role, 'api-clients:write') && (
    <ButtonLink variant="primary" href={pages.newApiClient()}>
      {t('list.register')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('list.description')} action={isEmpty ? undefined : register || undefined} />
      {error !== null && (
        <ProblemState
          error={error}
          variant={data === undefined ? 'page' : 'inline'}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {(data !== undefined || error === null) && (
        <DataTable
          caption={t('list.caption')}
          columns={columns}
          rows={data?.items ?? []}
          rowId={(apiClient) => apiClient.id}
          isLoading={data === undefined}
          skeletonRows={3}
          labels={{ loading: t('list.loading') }}
          empty={
            <EmptyState icon={<KeyRound />} title={t('list.empty.title')} action={register || undefined}>
              {t('list.empty.text')}
            </EmptyState>
          }
        />
      )}
    </>
  )
}

function useColumns(now: string): DataTableColumn<ApiClientSummary>[] {
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
      <RowLink href={pages.apiClient(apiClient.id)}>{apiClient.name}</RowLink>
      <p className="text-[0.8125rem] wrap-anywhere text-muted">{t('list.clientId', { clientId: apiClient.clientId })}</p>
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
