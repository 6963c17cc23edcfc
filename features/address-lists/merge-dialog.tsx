'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import { ProblemAlert } from '../problem-state'
import type { AddressList, ListCalls } from './list-calls'
import { useListMutation } from './mutations'

type MergeDialogProps = { calls: ListCalls; list: AddressList; open: boolean; onOpenChange: (open: boolean) => void }

/** What merging would make of the list, before and after; what is covered stays the same. */
export function MergeDialog({ calls, list, open, onOpenChange }: MergeDialogProps) {
  const t = useTranslations('addressLists.merge')
  const merge = useListMutation(calls, calls.merge)
  const { mergeProposal, entries, coverage, revision } = list
  if (mergeProposal === null) return null
  const blockOf = (line: number) => entries[line - 1]?.block ?? ''
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title', { before: entries.length, after: mergeProposal.blocks.length })} description={t('text', { count: coverage.addressCount })} size="lg" closeLabel={t('close')}>
        <DialogBody>
          <ul aria-label={t('list')} className="divide-y rounded-lg border">
            {mergeProposal.merges.map(({ block, lines }) => (
              <li key={block} className="grid gap-x-4 gap-y-1 px-3.5 py-2.5 sm:grid-cols-2">
                <div>
                  <p className="text-xs text-muted">{t('before')}</p>
                  <ul className="font-mono text-[0.8125rem] text-danger-text">
                    {lines.slice(0, MOST_LINES).map((line) => (
                      <li key={line}>
                        <del className="no-underline">{t('line', { line, block: blockOf(line) })}</del>
                      </li>
                    ))}
                    {lines.length > MOST_LINES && <li className="font-sans text-muted">{t('more', { count: lines.length - MOST_LINES })}</li>}
                  </ul>
                </div>
                <div>
                  <p className="text-xs text-muted">{t('after')}</p>
                  <ins className="font-mono text-[0.8125rem] text-success-text no-underline">{block}</ins>
                </div>
              </li>
            ))}
          </ul>
          <p className="text-[0.8125rem] text-muted">{t('notes')}</p>
          {merge.isError && <ProblemAlert error={merge.error} />}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>{t('cancel')}</Button>
          </DialogClose>
          <Button
            variant="primary"
            loading={merge.isPending}
            onClick={() =>
              merge.mutate(revision, {
                onSuccess: () => {
                  onOpenChange(false)
                  toast.success(t('done'))
                },
              })
            }
          >
            {t('submit')}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

const MOST_LINES = 8
