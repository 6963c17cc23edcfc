'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { roleMay, type Role } from '@/contracts/permissions'
import { ApiClientFrame } from '../api-clients/api-client-frame'
import { apiClientQueries } from '../api-clients/queries'
import { LastCallsCard } from '../exchanges/last-calls-card'
import { ProblemState } from '../problem-state'
import { CreationItem } from './creation-item'
import { CsvCard } from './csv-card'
import { PropertyForm } from './property-form'
import { propertyCreationQueries } from './queries'

/** New properties of one API client: the form, the file, and what became of each. */
export function PropertyCreationsScreen({ apiClientId, now, role }: { apiClientId: string; now: string; role: Role }) {
  const t = useTranslations('propertyCreations')
  const apiClient = useQuery(apiClientQueries.detail(apiClientId))
  const { data, error, isFetching, refetch } = useQuery(propertyCreationQueries.list(apiClientId))
  if (apiClient.data === undefined) return apiClient.error === null ? null : <ProblemState error={apiClient.error} variant="page" />
  const mayCreate = roleMay(role, 'properties:create') && apiClient.data.addresses !== null
  return (
    <>
      <ApiClientFrame apiClient={apiClient.data} role={role} section={t('title')} />
      {error !== null && <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {mayCreate && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <PropertyForm apiClientId={apiClientId} />
          <CsvCard apiClientId={apiClientId} />
        </div>
      )}
      {data !== undefined && (
        <Card>
          <CardHeader>
            <CardTitle>{t('list')}</CardTitle>
            <CardDescription>{t('listText')}</CardDescription>
          </CardHeader>
          {data.items.length === 0 ? (
            <CardContent className="text-muted">{t('none')}</CardContent>
          ) : (
            <ul aria-label={t('list')} className="divide-y border-t">
              {data.items.map((creation) => (
                <CreationItem key={creation.id} apiClientId={apiClientId} creation={creation} now={now} />
              ))}
            </ul>
          )}
        </Card>
      )}
      <LastCallsCard apiClientId={apiClientId} act="properties" now={now} />
    </>
  )
}
