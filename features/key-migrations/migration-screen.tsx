'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { EnvironmentBadge } from '@/components/environment-badge'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import type { KeyMigration } from '@/contracts/key-migrations'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemState } from '../problem-state'
import { MigrationActs } from './migration-acts'
import { MigrationLines } from './migration-lines'
import { MigrationStatePill } from './migration-state-pill'
import { ProgressCard } from './progress-card'
import { keyMigrationQueries } from './queries'

/** One migration: how far it is, what stopped it, and what became of each key. */
export function MigrationScreen({ id, now }: { id: string; now: string }) {
  const t = useTranslations('keyMigrations')
  useServerClock(now)
  const { data: detail, error, isFetching, refetch } = useQuery(keyMigrationQueries.detail(id))
  if (detail === undefined) return error && <ProblemState error={error} onRetry={() => void refetch()} retrying={isFetching} />
  const { apiClient, counts } = detail
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('title'), href: pages.keyMigrations() }, { label: showInvisible(detail.name) }]}
        title={showInvisible(detail.name)}
        badges={
          <>
            <MigrationStatePill state={detail.state} />
            <EnvironmentBadge kind={apiClient.environment === 'PRODUCTION' ? 'live' : 'test'}>{t(`environment.${apiClient.environment}`)}</EnvironmentBadge>
          </>
        }
        description={apiClient.name}
        secondary={<MigrationActs detail={detail} />}
      />
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      <StopAlert detail={detail} />
      {counts.ambiguous > 0 && (
        <Alert tone="warning" title={t('detail.ambiguousTitle', { count: counts.ambiguous })}>
          <p className="max-w-prose text-pretty">{t('detail.ambiguousText')}</p>
        </Alert>
      )}
      <ProgressCard detail={detail} />
      <MigrationLines detail={detail} now={now} />
      <LiveRegion message={t(`state.${detail.state}`)} />
    </>
  )
}

/** Why a run stopped by itself, and whose turn it is. */
function StopAlert({ detail: { state, stopReason, apiClient } }: { detail: KeyMigration }) {
  const t = useTranslations('keyMigrations')
  if (state !== 'stopped' || stopReason === null) return null
  return (
    <Alert tone="danger" title={t(`stop.${stopReason}.title`)} actions={<ButtonLink href={pages.apiClient(apiClient.id)}>{t('next.check_api_client')}</ButtonLink>}>
      <p className="max-w-prose text-pretty">{t(`stop.${stopReason}.text`)}</p>
    </Alert>
  )
}
