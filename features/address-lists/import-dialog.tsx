'use client'

import { useMutation } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useState, type ChangeEvent, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast-store'
import { ProblemAlert } from '../problem-state'
import { useConfirmedChange } from './confirmed-change'
import { ImportPreviewList } from './import-preview-list'
import type { ListCalls } from './list-calls'
import { useListMutation } from './mutations'

const FORMATS = ['text', 'csv'] as const
const MODES = ['add', 'replace'] as const
const MOST_CHARACTERS = 900_000

type Values = { format: (typeof FORMATS)[number]; mode: (typeof MODES)[number]; text: string; comment: string }
const EMPTY: Values = { format: 'text', mode: 'add', text: '', comment: '' }

/** Many entries at once, pasted or out of a file: what would happen to each line, and to the list, is shown first. */
export function ImportDialog({ calls, mayBeWide }: { calls: ListCalls; mayBeWide: boolean }) {
  const t = useTranslations('addressLists.import')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Upload aria-hidden />
          {t('open')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title')} description={t('text')} size="xl" closeLabel={t('close')} locked>
        <ImportForm calls={calls} mayBeWide={mayBeWide} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function ImportForm({ calls, mayBeWide, onDone }: { calls: ListCalls; mayBeWide: boolean; onDone: () => void }) {
  const t = useTranslations('addressLists.import')
  const [values, setValues] = useState(EMPTY)
  const [mistakes, setMistakes] = useState<{ text?: string; comment?: string }>({})
  const preview = useMutation({ mutationFn: calls.preview })
  const bringIn = useListMutation(calls, calls.bringIn)
  const confirmed = useConfirmedChange({ mayBeWide })
  const set = (part: Partial<Values>) => {
    setValues({ ...values, ...part })
    preview.reset()
  }
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (!file) return
    const text = await file.text()
    set({ text: text.slice(0, MOST_CHARACTERS + 1), format: file.name.toLowerCase().endsWith('.csv') ? 'csv' : values.format })
  }
  const body = { ...values, comment: values.comment.trim() }
  const check = (event: FormEvent) => {
    event.preventDefault()
    const found = {
      ...(values.text.trim() === '' ? { text: t('empty') } : values.text.length > MOST_CHARACTERS ? { text: t('tooLong') } : {}),
      ...(body.comment === '' ? { comment: t('commentMissing') } : {}),
    }
    setMistakes(found)
    if (Object.keys(found).length === 0 && !preview.isPending) preview.mutate(body)
  }
  const { data } = preview
  const count = data?.lines.filter(({ outcome }) => outcome === 'added').length ?? 0
  const changes = data === undefined ? 0 : data.diff.added.length + data.diff.removed.length
  const finish = () => {
    toast.success(t('done', { count }))
    onDone()
  }
  return (
    <>
      <DialogBody>
        <form id="import-entries" noValidate method="post" onSubmit={check} className="flex flex-col gap-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <RadioGroup
              legend={t('format')}
              name="format"
              value={values.format}
              onValueChange={(value) => set({ format: FORMATS.find((each) => each === value) ?? 'text' })}
              options={FORMATS.map((each) => ({ value: each, label: t(`formats.${each}`), hint: t(`formatHints.${each}`) }))}
            />
            <RadioGroup
              legend={t('mode')}
              name="mode"
              value={values.mode}
              onValueChange={(value) => set({ mode: MODES.find((each) => each === value) ?? 'add' })}
              options={MODES.map((each) => ({ value: each, label: t(`modes.${each}`), hint: t(`modeHints.${each}`) }))}
            />
          </div>
          <Field label={t('entries')} error={mistakes.text} required>
            <Textarea
              mono
              name="text"
              rows={8}
              value={values.text}
              onChange={(event) => set({ text: event.target.value })}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="field-sizing-fixed max-h-72 min-h-36"
            />
          </Field>
          <Field label={t('file')} hint={t('fileHint')}>
            <Input type="file" accept=".txt,.csv,text/plain,text/csv" onChange={(event) => void choose(event)} className="h-auto py-1.5" />
          </Field>
          <Field label={t('comment')} hint={t('commentHint')} error={mistakes.comment} required className="max-w-md">
            <Input name="comment" value={values.comment} onChange={(event) => set({ comment: event.target.value })} maxLength={200} autoComplete="off" />
          </Field>
        </form>
        {preview.isError && <ProblemAlert error={preview.error} />}
        {data !== undefined && <ImportPreviewList preview={data} />}
        {data !== undefined && changes === 0 && data.wrongCount === 0 && <Alert tone="info" title={t('nothing')} />}
        {confirmed.error !== null && <ProblemAlert error={confirmed.error} />}
        {confirmed.question}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form="import-entries" variant={data === undefined ? 'primary' : 'secondary'} loading={preview.isPending}>
          {t('check')}
        </Button>
        {data !== undefined && data.wrongCount === 0 && changes > 0 && (
          <Button
            variant="primary"
            loading={bringIn.isPending}
            onClick={() => void confirmed.run((confirmation) => bringIn.mutateAsync({ ...body, revision: data.revision, confirmation }), finish)}
          >
            {t('submit', { added: data.diff.added.length, removed: data.diff.removed.length })}
          </Button>
        )}
      </DialogFooter>
    </>
  )
}
