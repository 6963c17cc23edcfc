'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { ListEntry } from '@/contracts/address-lists'
import { EntryDialog } from './entry-dialog'
import { EntryFacts } from './entry-facts'
import { FindingLines, type FindingActs } from './finding-lines'
import type { AddressList, ListCalls } from './list-calls'
import type { ListKind } from './use-reserved-text'

type EntryRowProps = {
  entry: ListEntry
  list: AddressList
  calls: ListCalls
  isYours: boolean
  kind: ListKind
  acts: FindingActs & { onReview: (entryIds: string[]) => void }
  yourAddress: string | null
  mayBeWide: boolean
  now: string
}

/** One line of a list: the entry, what there is to say about it, and what can be done with it. */
export function EntryRow({ entry, list, calls, isYours, kind, acts, yourAddress, mayBeWide, now }: EntryRowProps) {
  const t = useTranslations('addressLists.entry')
  const { block } = entry
  const isDue = entry.isReviewDue || entry.isUnused
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <div className="min-w-0 flex-1 basis-72">
        <EntryFacts entry={entry} isYours={isYours} now={now} />
        <FindingLines entry={entry} entries={list.entries} acts={acts} kind={kind} />
      </div>
      <div className="-mx-2.5 flex flex-wrap">
        {isDue && (
          <Button size="sm" variant="ghost" disabled={acts.busy} aria-label={t('nameOf', { action: t('review'), block })} onClick={() => acts.onReview([entry.id])}>
            {t('review')}
          </Button>
        )}
        <EntryDialog
          calls={calls}
          entry={entry}
          yourAddress={yourAddress}
          mayBeWide={mayBeWide}
          kind={kind}
          now={now}
          trigger={
            <Button size="sm" variant="ghost" aria-label={t('nameOf', { action: t('change'), block })}>
              {t('change')}
            </Button>
          }
        />
        <Button size="sm" variant="ghost" disabled={acts.busy} aria-label={t('nameOf', { action: t('remove'), block })} onClick={() => acts.onRemove([entry.id])}>
          {t('remove')}
        </Button>
      </div>
    </div>
  )
}
