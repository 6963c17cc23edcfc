'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import type { Webhook } from '@/contracts/webhooks'
import { ProblemAlert } from '../problem-state'
import { EventChoice } from './event-choice'
import { useChangeWebhook } from './mutations'

/** Name and events of a webhook. Another address is another webhook. */
export function EditDialog({ webhook }: { webhook: Webhook }) {
  const t = useTranslations('webhooks')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>{t('detail.edit')}</Button>
      </DialogTrigger>
      {open && (
        <DialogContent title={t('edit.title', { name: webhook.name })} closeLabel={t('edit.cancel')}>
          <EditForm webhook={webhook} onSaved={() => setOpen(false)} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function EditForm({ webhook, onSaved }: { webhook: Webhook; onSaved: () => void }) {
  const t = useTranslations('webhooks')
  const formId = useId()
  const [name, setName] = useState(webhook.name)
  const [events, setEvents] = useState(webhook.events)
  const [isChecked, setChecked] = useState(false)
  const save = useChangeWebhook(webhook.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (name.trim() === '' || events.length === 0 || save.isPending) return
    const onSuccess = () => {
      toast.success(t('edit.saved'))
      onSaved()
    }
    save.mutate({ name, events }, { onSuccess })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t('form.name')} error={isChecked && name.trim() === '' ? t('form.nameMissing') : undefined} required>
            <Input name="name" value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="off" />
          </Field>
          <EventChoice kind={webhook.kind} value={events} onChange={setEvents} error={isChecked && events.length === 0 ? t('form.eventsMissing') : undefined} />
          {save.isError && <ProblemAlert error={save.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('edit.cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={save.isPending}>
          {t('edit.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}
