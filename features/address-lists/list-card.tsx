'use client'

import { ListPlus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/empty-state'
import { Pagination } from '@/components/pagination'
import { SortableList } from '@/components/sortable-list'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { ProblemAlert } from '../problem-state'
import { useConfirmedChange } from './confirmed-change'
import { EntryDialog } from './entry-dialog'
import { EntryRow } from './entry-row'
import { ExportMenu } from './export-menu'
import { ImportDialog } from './import-dialog'
import type { AddressList, ListCalls } from './list-calls'
import { MergeDialog } from './merge-dialog'
import { useListMutation, useOrder } from './mutations'
import type { ListKind } from './use-reserved-text'

export type ListCardProps = {
  calls: ListCalls
  list: AddressList
  /** The words differ, so that nobody edits the wrong list. */
  kind: ListKind
  /** An owner may cover more than /8. */
  mayBeWide: boolean
  now: string
}

const PAGE = 25

/** The entries of a list in their order, with what there is to say about each, and everything that changes them. */
export function ListCard({ calls, list, kind, mayBeWide, now }: ListCardProps) {
  const t = useTranslations('addressLists')
  const own = useTranslations(kind === 'whitelist' ? 'ipWhitelists' : 'keyRestrictions')
  const [page, setPage] = useState(0)
  const [isMerging, setMerging] = useState(false)
  const remove = useListMutation(calls, calls.remove)
  const review = useListMutation(calls, calls.review)
  const order = useOrder(calls)
  const confirmed = useConfirmedChange({ mayBeWide })
  const { entries, mergeProposal, yourLine } = list
  const yourAddress = kind === 'restriction' ? list.yourAddress : null
  // The last page may have gone with its entries.
  const first = Math.min(page, Math.max(0, Math.ceil(entries.length / PAGE) - 1)) * PAGE
  const shown = entries.slice(first, first + PAGE)
  const acts = {
    onRemove: (entryIds: string[]) => void confirmed.run((confirmation) => remove.mutateAsync({ entryIds, confirmation })),
    onMerge: mergeProposal === null ? null : () => setMerging(true),
    onReview: (entryIds: string[]) => review.mutate(entryIds),
    busy: remove.isPending || review.isPending,
  }
  const move = (id: string, to: number) => {
    const others = entries.filter((entry) => entry.id !== id).map((entry) => entry.id)
    order.mutate(others.toSpliced(to, 0, id))
  }
  const total = entries.length
  const failed = [review, order].find(({ isError }) => isError)?.error ?? confirmed.error
  const add = (
    <EntryDialog
      calls={calls}
      entry={null}
      yourAddress={yourAddress}
      mayBeWide={mayBeWide}
      kind={kind}
      now={now}
      trigger={
        <Button size="sm" variant={total === 0 ? 'primary' : 'secondary'}>
          <Plus aria-hidden />
          {t('add')}
        </Button>
      }
    />
  )
  return (
    <Card>
      <CardHeader>
        <CardTitle>{own('list.title')}</CardTitle>
        <CardDescription>{own('list.text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-wrap gap-2">
        {total > 0 && add}
        <ImportDialog calls={calls} mayBeWide={mayBeWide} />
        {total > 0 && <ExportMenu calls={calls} />}
        {mergeProposal !== null && (
          <Button size="sm" onClick={() => setMerging(true)}>
            <ListPlus aria-hidden />
            {t('mergeOffer', { before: total, after: mergeProposal.blocks.length })}
          </Button>
        )}
      </CardContent>
      {failed !== null && failed !== undefined && (
        <CardContent>
          <ProblemAlert error={failed} />
        </CardContent>
      )}
      {total === 0 ? (
        <div className="border-t">
          <EmptyState icon={<ListPlus />} title={own('list.empty')} action={add}>
            {own('list.emptyText')}
          </EmptyState>
        </div>
      ) : (
        <SortableList
          label={own('list.title')}
          items={shown}
          itemId={({ id }) => id}
          nameOf={({ block }) => block}
          offset={first}
          total={total}
          onMove={({ id }, to) => move(id, to)}
          labels={{
            drag: (name) => t('order.drag', { name }), up: (name) => t('order.up', { name }), down: (name) => t('order.down', { name }),
            moved: (name, place) => t('order.moved', { name, place }),
          }}
        >
          {(entry) => (
            <EntryRow entry={entry} list={list} calls={calls} isYours={kind === 'restriction' && entry.line === yourLine} kind={kind} acts={acts} mayBeWide={mayBeWide} yourAddress={yourAddress} now={now} />
          )}
        </SortableList>
      )}
      {total > PAGE && (
        <CardContent className="border-t pt-3">
          <Pagination
            previous={first === 0 ? null : { onSelect: () => setPage(first / PAGE - 1) }}
            next={first + PAGE >= total ? null : { onSelect: () => setPage(first / PAGE + 1) }}
            summary={t('page', { from: first + 1, to: Math.min(first + PAGE, total), total })}
          />
        </CardContent>
      )}
      <MergeDialog calls={calls} list={list} open={isMerging} onOpenChange={setMerging} />
      {confirmed.question}
    </Card>
  )
}
