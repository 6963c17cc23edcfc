'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { PasswordInput } from '@/components/password-input'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/toast-store'
import { rotateClientSecret } from '@/contracts/api-clients'
import { ProblemAlert } from '../problem-state'
import { useRotateClientSecret } from './mutations'

/** Takes the client secret that Octorate issued anew. */
export function RotateSecretDialog({ id }: { id: string }) {
  const t = useTranslations('apiClients')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">{t('detail.rotate')}</Button>
      </DialogTrigger>
      <DialogContent title={t('rotate.title')} description={t('rotate.text')} closeLabel={t('close')} locked>
        <RotateForm id={id} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

/** Mounted with the dialog: what was typed is gone when it closes. */
function RotateForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useTranslations('apiClients')
  const formId = useId()
  const [clientSecret, setClientSecret] = useState('')
  const [isRefused, setRefused] = useState(false)
  const rotate = useRotateClientSecret(id)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (rotate.isPending) return
    const isGood = rotateClientSecret.body.safeParse({ clientSecret }).success
    setRefused(!isGood)
    if (!isGood) return
    rotate.mutate(clientSecret, {
      onSuccess: () => {
        toast.success(t('rotate.done'))
        onDone()
      },
    })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field
            label={t('rotate.field')}
            hint={t('fields.clientSecretHint')}
            error={isRefused ? t('mistakes.clientSecret') : undefined}
            required
          >
            <PasswordInput
              mono
              name="clientSecret"
              value={clientSecret}
              onChange={(event) => setClientSecret(event.target.value)}
              autoComplete="new-password"
              labels={{ show: t('fields.showSecret'), hide: t('fields.hideSecret') }}
            />
          </Field>
          {rotate.isError && <ProblemAlert error={rotate.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={rotate.isPending}>
          {t('rotate.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}
