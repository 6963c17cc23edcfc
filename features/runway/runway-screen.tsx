'use client'

import { useQuery } from '@tanstack/react-query'
import { PlugZap } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemState } from '../problem-state'
import { TopUpDialog } from '../top-ups/top-up-dialog'
import { TopUpsCard } from '../top-ups/top-ups-card'
import { ApiClientsCard } from './api-clients-card'
import { EndsCard } from './ends-card'
import { ForecastCard } from './forecast-card'
import { runwayQueries } from './queries'
import { RunwayBanner } from './runway-banner'

/** How long access lasts without Octorate, what is refreshed when, and the act that makes it last longer. `now` is the server's instant. */
export function RunwayScreen({ now, role }: { now: string; role: Role }) {
  const t = useTranslations('runway')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(runwayQueries.runway())
  const isEmpty = data?.all.total === 0
  const mayTopUp = roleMay(role, 'top-ups:run') && data !== undefined && !isEmpty
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        action={mayTopUp ? <TopUpDialog apiClients={data.apiClients.map(({ id, name }) => ({ id, name }))} /> : undefined}
      />
      {error !== null && <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {isEmpty && (
        <EmptyState icon={<PlugZap />} title={t('empty.title')} action={roleMay(role, 'connections:connect') ? <ButtonLink href={pages.newConnection()}>{t('empty.action')}</ButtonLink> : undefined}>
          {t('empty.text')}
        </EmptyState>
      )}
      {data !== undefined && !isEmpty && (
        <>
          <RunwayBanner isOnPage />
          <TopUpsCard role={role} now={now} />
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <EndsCard title={t('ends.title')} facts={data.all} now={data.at} />
            <ForecastCard />
          </div>
          <ApiClientsCard apiClients={data.apiClients} at={data.at} />
        </>
      )}
    </>
  )
}
