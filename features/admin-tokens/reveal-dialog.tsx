'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { PasswordInput } from '@/components/password-input'
import { RevealOnce } from '@/components/reveal-once'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { ProblemAlert } from '../problem-state'
import { useRevealAdminToken } from './mutations'

export type RevealDialogProps = { apiClientId: string; tokenId: string; last4: string }

/** Shows an admin token once, after the password and a reason. What was shown is gone with the dialog. */
export function RevealDialog({ apiClientId, tokenId, last4 }: RevealDialogProps) {
  const t = useTranslations('adminTokens')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" aria-label={t('nameOf', { action: t('reveal.open'), last4 })}>
          {t('reveal.open')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('reveal.title', { last4 })} description={t('reveal.text')} closeLabel={t('reveal.close')} locked>
        <RevealForm apiClientId={apiClientId} tokenId={tokenId} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function RevealForm({ apiClientId, tokenId, onDone }: { apiClientId: string; tokenId: string; onDone: () => void }) {
  const t = useTranslations('adminTokens.reveal')
  const formId = useId()
  const [password, setPassword] = useState('')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const [token, setToken] = useState<string | null>(null)
  const reveal = useRevealAdminToken(apiClientId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reveal.isPending || reason.trim() === '') return
    reveal.mutate(
      { tokenId, password, reason: reason.trim() },
      {
        onSuccess: (answer) => {
          setToken(answer.token)
          setPassword('')
          reveal.reset()
        },
      },
    )
  }
  if (token !== null) {
    return (
      <DialogBody>
        <RevealOnce name={t('name')} value={token} onStored={onDone} labels={{ warning: t('warning'), stored: t('stored') }} />
      </DialogBody>
    )
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('reason')} hint={t('reasonHint')} error={isTried && reason.trim() === '' ? t('reasonMissing') : undefined} required>
            <Input name="reason" value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200} autoComplete="off" />
          </Field>
          <Field label={t('password')} hint={t('passwordHint')}>
            <PasswordInput
              name="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
              labels={{ show: t('showPassword'), hide: t('hidePassword') }}
            />
          </Field>
          {reveal.isError && <ProblemAlert error={reveal.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('close')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={reveal.isPending}>
          {t('submit')}
        </Button>
      </DialogFooter>
    </>
  )
}
