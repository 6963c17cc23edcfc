'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { roleMay, type Role } from '@/contracts/permissions'
import { ApiClientFrame } from '../api-clients/api-client-frame'
import { apiClientQueries } from '../api-clients/queries'
import { LastCallsCard } from '../exchanges/last-calls-card'
import { callQueries } from '../exchanges/queries'
import { LettersCard } from '../letters/letters-card'
import { ProblemState } from '../problem-state'
import { redirectUriQueries } from '../redirect-uris/queries'
import { EditCard } from './edit-card'
import { FactsCard } from './facts-card'
import { ProductionCard } from './production-card'
import { configurationQueries } from './queries'
import { QuotaCard } from './quota-card'

/** Octorate's configuration of one API client, read when the page opens: what it says, and what may be changed. */
export function ConfigurationScreen({ apiClientId, now, role }: { apiClientId: string; now: string; role: Role }) {
  const t = useTranslations('apiConfiguration')
  const apiClient = useQuery(apiClientQueries.detail(apiClientId))
  const isCallable = apiClient.data !== undefined && apiClient.data.addresses !== null
  const { data: live, error, isFetching, refetch, dataUpdatedAt, errorUpdatedAt } = useQuery({ ...configurationQueries.live(apiClientId), enabled: isCallable })
  const client = useQueryClient()
  useEffect(() => {
    if (dataUpdatedAt + errorUpdatedAt === 0) return
    // Each read leaves its calls, and may have found out about redirect URIs.
    void client.invalidateQueries({ queryKey: callQueries.last(apiClientId, 'configuration').queryKey })
    void client.invalidateQueries({ queryKey: redirectUriQueries.state(apiClientId).queryKey })
  }, [client, apiClientId, dataUpdatedAt, errorUpdatedAt])
  if (apiClient.data === undefined) return apiClient.error === null ? null : <ProblemState error={apiClient.error} variant="page" />
  const mayWrite = roleMay(role, 'api-clients:write')
  return (
    <>
      <ApiClientFrame
        apiClient={apiClient.data}
        role={role}
        section={t('title')}
        secondary={
          isCallable && (
            <Button loading={isFetching} onClick={() => void refetch()}>
              {t('readAgain')}
            </Button>
          )
        }
      />
      {error !== null && <ProblemState error={error} variant={live === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {live === undefined && error === null && <Skeleton className="h-64 w-full rounded-lg" />}
      {live !== undefined && (
        <>
          <p className="text-[0.8125rem] text-muted">{t('readAt', { at: formatUtc(Date.parse(live.readAt)) })}</p>
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-5">
              <ProductionCard apiClient={apiClient.data} live={live} role={role} />
              <LettersCard apiClient={apiClient.data} kinds={['production']} now={now} mayWrite={mayWrite} />
              <QuotaCard quota={live.quota} permissions={live.permissions} />
            </div>
            <div className="flex min-w-0 flex-col gap-5">
              {mayWrite && <EditCard key={live.readAt} apiClientId={apiClientId} live={live} />}
              <FactsCard live={live} />
            </div>
          </div>
        </>
      )}
      <LastCallsCard apiClientId={apiClientId} act="configuration" now={now} />
    </>
  )
}
