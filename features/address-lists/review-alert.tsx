'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { REVIEW_DAYS } from '@/contracts/address-lists'
import { ProblemAlert } from '../problem-state'
import type { AddressList, ListCalls } from './list-calls'
import { useListMutation } from './mutations'

/** Entries that nobody looked at, or came from, for ninety days: forgotten ones are how strangers get in. */
export function ReviewAlert({ calls, entries }: { calls: ListCalls; entries: AddressList['entries'] }) {
  const t = useTranslations('addressLists.review')
  const review = useListMutation(calls, calls.review)
  const due = entries.filter(({ isReviewDue, isUnused }) => isReviewDue || isUnused)
  if (due.length === 0) return null
  return (
    <Alert
      tone="warning"
      title={t('title', { count: due.length, days: REVIEW_DAYS })}
      actions={
        <Button size="sm" loading={review.isPending} onClick={() => review.mutate(due.map(({ id }) => id))}>
          {t('all')}
        </Button>
      }
    >
      <p>{t('text')}</p>
      <p className="mt-1 font-mono text-[0.8125rem] wrap-anywhere">{due.slice(0, 8).map(({ block }) => block).join(', ')}{due.length > 8 && ', …'}</p>
      {review.isError && <ProblemAlert error={review.error} />}
    </Alert>
  )
}
