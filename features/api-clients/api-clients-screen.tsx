'use client'

import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemState } from '../problem-state'
import { apiClientQueries } from './queries'
import { useListColumns } from './use-list-columns'

/** Every API client of the organization. `now` is the server's instant of rendering. */
export function ApiClientsScreen({ now, role }: { now: string; role: Role }) {
  const t = useTranslations('apiClients')
  const { data, error, isFetching, refetch } = useQuery(apiClientQueries.list())
  const columns = useListColumns(now)
  const isEmpty = data?.items.length === 0
  const register = roleMay(role, 'api-clients:write') && (
    <ButtonLink variant="primary" href={pages.newApiClient()}>
      {t('list.register')}
    </ButtonLink>
  )
  const xray = roleMay(role, 'api-clients:write') && <ButtonLink href={pages.welcomeMailXray()}>{t('list.xray')}</ButtonLink>
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('list.description')}
        secondary={xray || undefined}
        action={isEmpty ? undefined : register || undefined}
      />
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
