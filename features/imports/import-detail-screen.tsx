'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemState } from '../problem-state'
import { ImportActs } from './import-acts'
import { ImportLines } from './import-lines'
import { ImportStatePill } from './import-state-pill'
import { ProgressCard } from './progress-card'
import { importQueries } from './queries'

/** One import: how far it is, and what became of each line. */
export function ImportDetailScreen({ id, now }: { id: string; now: string }) {
  const t = useTranslations('imports')
  useServerClock(now)
  const { data: detail, error, isFetching, refetch } = useQuery(importQueries.detail(id))
  if (detail === undefined) {
    return error === null ? null : <ProblemState error={error} onRetry={() => void refetch()} retrying={isFetching} />
  }
  return (
    <>
      <PageHeader
        breadcrumb={[
          { label: t('breadcrumb'), href: pages.connections() },
          { label: t('title'), href: pages.importConnections() },
          { label: showInvisible(detail.name) },
        ]}
        title={showInvisible(detail.name)}
        badges={<ImportStatePill state={detail.state} />}
        description={`${detail.apiClient.name} · ${detail.probe ? t('detail.probed') : t('detail.trusted')}`}
        secondary={<ImportActs detail={detail} />}
      />
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      <ProgressCard detail={detail} />
      <ImportLines detail={detail} now={now} />
      <LiveRegion message={t(`state.${detail.state}`)} />
    </>
  )
}
