'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { PasswordInput } from '@/components/password-input'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/toast-store'
import { rotateClientSecret } from '@/contracts/api-clients'
import { useDraftLetter } from '../letters/mutations'
import { ProblemAlert } from '../problem-state'
import { problemOf } from '../request'
import { useRotateClientSecret } from './mutations'
import { SecretDependents } from './secret-dependents'

/** Takes the client secret that Octorate issued anew. */
export function RotateSecretDialog({ id, now }: { id: string; now: string }) {
  const t = useTranslations('apiClients')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">{t('detail.rotate')}</Button>
      </DialogTrigger>
      <DialogContent title={t('rotate.title')} description={t('rotate.text')} closeLabel={t('close')} locked>
        <RotateForm id={id} now={now} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

/** Mounted with the dialog: what was typed is gone when it closes. */
function RotateForm({ id, now, onDone }: { id: string; now: string; onDone: () => void }) {
  const t = useTranslations('apiClients')
  const formId = useId()
  const [clientSecret, setClientSecret] = useState('')
  const [isRefused, setRefused] = useState(false)
  const [unverified, setUnverified] = useState(false)
  const rotate = useRotateClientSecret(id)
  const letter = useDraftLetter(id)
  // A secret that Octorate refuses is wrong; only where it could not be asked is there a choice.
  const mayStoreUnverified = rotate.isError && problemOf(rotate.error).turn === 'octorate'

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (rotate.isPending) return
    const isGood = rotateClientSecret.body.safeParse({ clientSecret }).success
    setRefused(!isGood)
    if (!isGood) return
    rotate.mutate({ clientSecret, unverified: unverified && mayStoreUnverified }, {
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
          <SecretDependents id={id} now={now} />
          <Button
            size="sm"
            className="w-fit"
            loading={letter.isPending}
            onClick={() => letter.mutate({ kind: 'client_secret' }, { onSuccess: () => toast.success(t('rotate.letterDone')) })}
          >
            {t('rotate.letter')}
          </Button>
          {letter.isError && <ProblemAlert error={letter.error} />}
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
          {mayStoreUnverified && (
            <Checkbox
              label={t('rotate.unverified')}
              hint={t('rotate.unverifiedHint')}
              checked={unverified}
              onChange={(event) => setUnverified(event.target.checked)}
            />
          )}
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
