'use client'

import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { readClock, toMs } from '@/components/server-clock'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import type { ListEntry } from '@/contracts/address-lists'
import { ProblemAlert } from '../problem-state'
import { BlockField } from './block-field'
import { useConfirmedChange } from './confirmed-change'
import { readExpiry, type ExpiryValues } from './entry-expiry'
import { ExpiryChoice } from './expiry-choice'
import type { ListCalls } from './list-calls'
import { useListMutation } from './mutations'
import { readEntry } from './read-entry'
import type { ListKind } from './use-reserved-text'

export type EntryDialogProps = {
  calls: ListCalls
  /** The entry to change; null to add one. */
  entry: ListEntry | null
  trigger: ReactNode
  /** Offered as the address; null where it would be no help. */
  yourAddress: string | null
  mayBeWide: boolean
  kind: ListKind
  now: string
}

/** A form for one entry: the address by the strict rule, why it is there, whom to ask, and how long it stays. */
export function EntryDialog(props: EntryDialogProps) {
  const t = useTranslations('addressLists.form')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{props.trigger}</DialogTrigger>
      <DialogContent title={t(props.entry === null ? 'add' : 'change')} description={t('text')} closeLabel={t('close')}>
        <EntryForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

type Mistakes = { block?: string; comment?: string; on?: string }
const FINE: Mistakes = {}

function EntryForm({ calls, entry, yourAddress, mayBeWide, kind, now, onDone }: EntryDialogProps & { onDone: () => void }) {
  const t = useTranslations('addressLists.form')
  const formId = useId()
  const [block, setBlock] = useState(entry?.block ?? '')
  const [comment, setComment] = useState(entry?.comment ?? '')
  const [owner, setOwner] = useState(entry?.owner ?? '')
  const hasEnd = entry !== null && entry.expiresAt !== null
  const [expiry, setExpiry] = useState<ExpiryValues>({ expiry: hasEnd ? 'keep' : 'never', on: '' })
  const [mistakes, setMistakes] = useState(FINE)
  const form = useFirstInvalidFocus(mistakes)
  const add = useListMutation(calls, calls.add)
  const change = useListMutation(calls, calls.change)
  const confirmed = useConfirmedChange({ mayBeWide })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (add.isPending || change.isPending) return
    const typed = readEntry(block)
    const expires = readExpiry(expiry, readClock(toMs(now), Date.now()))
    const found: Mistakes = {
      ...(typed.ok ? {} : { block: typed.sentence }),
      ...(comment.trim() === '' ? { comment: t('commentMissing') } : {}),
      ...(expires === 'wrong' ? { on: t('onWrong') } : {}),
    }
    setMistakes(Object.keys(found).length === 0 ? FINE : found)
    if (!typed.ok || expires === 'wrong' || Object.keys(found).length > 0) return
    const body = {
      block: typed.block, comment: comment.trim(),
      ...(expires === undefined ? {} : { expires }),
      ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
    }
    void confirmed.run(
      (confirmation) => (entry === null ? add.mutateAsync({ ...body, confirmation }) : change.mutateAsync({ entryId: entry.id, body: { ...body, confirmation } })),
      onDone,
    )
  }
  return (
    <>
      <DialogBody>
        <form ref={form} id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <BlockField value={block} onChange={setBlock} error={mistakes.block} yourAddress={yourAddress} mayBeWide={mayBeWide} kind={kind} />
          <Field label={t('comment')} hint={t('commentHint')} error={mistakes.comment} required>
            <Input name="comment" value={comment} onChange={(event) => setComment(event.target.value)} maxLength={200} autoComplete="off" />
          </Field>
          <Field label={t('owner')} hint={t('ownerHint')}>
            <Input name="owner" value={owner} onChange={(event) => setOwner(event.target.value)} maxLength={120} autoComplete="off" />
          </Field>
          <ExpiryChoice value={expiry} onChange={setExpiry} error={mistakes.on} mayKeep={hasEnd} />
          {confirmed.error !== null && <ProblemAlert error={confirmed.error} />}
        </form>
        {confirmed.question}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={add.isPending || change.isPending}>
          {t(entry === null ? 'addSubmit' : 'changeSubmit')}
        </Button>
      </DialogFooter>
    </>
  )
}
