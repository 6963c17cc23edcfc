'use client'

import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { OldKeysCard } from './old-keys-card'
import { keyMigrationQueries } from './queries'

/** The ledger of old keys: what is kept, what is out of use, what is gone. */
export function OldKeysScreen({ now }: { now: string }) {
  const t = useTranslations('keyMigrations')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(keyMigrationQueries.oldKeys(undefined, 0))
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('title'), href: pages.keyMigrations() }, { label: t('oldKeys.title') }]}
        title={t('oldKeys.title')}
        description={t('oldKeys.description')}
      />
      {error !== null && <ProblemState error={error} variant={data ? 'inline' : 'page'} onRetry={() => void refetch()} retrying={isFetching} />}
      {data?.total === 0 && (
        <EmptyState icon={<KeyRound />} title={t('oldKeys.empty.title')} className="rounded-lg border bg-surface shadow-xs">
          {t('oldKeys.empty.text')}
        </EmptyState>
      )}
      {data !== undefined && data.total > 0 && <OldKeysCard counts={data.counts} now={now} />}
    </>
  )
}
