'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Badge } from '@/components/ui/badge'
import type { ListEntry } from '@/contracts/address-lists'
import { showInvisible } from '@/lib/text/show-invisible'

/** One entry in words: what it covers, why it is there, whom to ask, how long it stays, and when it was last looked at. */
export function EntryFacts({ entry, isYours, now }: { entry: ListEntry; isYours: boolean; now: string }) {
  const t = useTranslations('addressLists.entry')
  const { block, addressCount, comment, owner, expiresAt, createdAt, createdBy, reviewedAt, lastSeenAt } = entry
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="text-[0.8125rem] text-muted tabular-nums">{t('line', { line: entry.line })}</span>
        <code className="font-mono text-[0.9375rem] font-medium wrap-anywhere">{block}</code>
        {addressCount > 1 && <span className="text-[0.8125rem] text-muted">{t('addresses', { count: addressCount })}</span>}
        {isYours && <Badge tone="success">{t('yours')}</Badge>}
        {expiresAt !== null && (
          <Badge tone="info">
            {t('expires')} <RelativeTime at={expiresAt} now={now} />
          </Badge>
        )}
        {entry.isReviewDue && <Badge tone="warning">{t('reviewDue')}</Badge>}
        {entry.isUnused && <Badge tone="warning">{t('unused')}</Badge>}
      </p>
      <p className="wrap-anywhere">{showInvisible(comment)}</p>
      <p className="flex flex-wrap gap-x-3 text-[0.8125rem] text-muted">
        <span className="wrap-anywhere">{t('owner', { owner: showInvisible(owner) })}</span>
        <span>
          {createdBy === null ? t('added') : t('addedBy', { name: showInvisible(createdBy) })} <RelativeTime at={createdAt} now={now} />
        </span>
        {reviewedAt !== null && (
          <span>
            {t('reviewed')} <RelativeTime at={reviewedAt} now={now} />
          </span>
        )}
        {lastSeenAt !== null && (
          <span>
            {t('lastSeen')} <RelativeTime at={lastSeenAt} now={now} />
          </span>
        )}
      </p>
    </div>
  )
}
