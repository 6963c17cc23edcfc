'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { PageHeader } from '@/components/page-header'
import { ProblemState } from '../problem-state'
import { EndOtherSessions } from './end-other-sessions'
import { sessionQueries } from './queries'
import { useSessionColumns } from './use-session-columns'

/** Where the person is signed in, and how to end that. `now` is the server's instant of rendering. */
export function SessionsScreen({ now }: { now: string }) {
  const t = useTranslations('sessions')
  const { data, error, isFetching, refetch } = useQuery(sessionQueries.list())
  const columns = useSessionColumns(now)
  const others = data?.items.filter((session) => !session.current).length ?? 0
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
        action={others > 0 ? <EndOtherSessions count={others} /> : undefined}
      />
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      {(data !== undefined || error === null) && (
        <DataTable
          caption={t('caption')}
          columns={columns}
          rows={data?.items ?? []}
          rowId={(session) => session.id}
          isLoading={data === undefined}
          skeletonRows={3}
          labels={{ loading: t('loading') }}
        />
      )}
    </>
  )
}
