'use client'

import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { PageHeader } from '@/components/page-header'
import { buttonVariants } from '@/components/ui/button-variants'
import { cn } from '@/components/ui/cn'
import { useServerClock } from '@/components/use-server-clock'
import { exportAccessReview } from '@/contracts/access-review'
import { ProblemState } from '../problem-state'
import { InvitationsTable } from './invitations-table'
import { InviteDialog } from './invite-dialog'
import { peopleQueries } from './queries'
import { usePeopleColumns } from './use-people-columns'

/** Who works with the organization, and who is invited. `now` is the server's instant of rendering. */
export function PeopleScreen({ now }: { now: string }) {
  const t = useTranslations('people')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(peopleQueries.list())
  const columns = usePeopleColumns(now)
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} secondary={<ReviewLink />} action={<InviteDialog />} />
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      {(data !== undefined || error === null) && (
        <DataTable
          caption={t('caption')}
          columns={columns}
          rows={data?.people ?? []}
          rowId={({ id }) => id}
          isLoading={data === undefined}
          skeletonRows={4}
          labels={{ loading: t('loading') }}
        />
      )}
      {data !== undefined && data.invitations.length > 0 && <InvitationsTable invitations={data.invitations} now={now} />}
    </>
  )
}

/** Who and what has access, for the review that auditors ask for. */
function ReviewLink() {
  return (
    <a href={exportAccessReview.path} download className={cn(buttonVariants())}>
      <Download aria-hidden />
      {useTranslations('people')('review')}
    </a>
  )
}
