'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { QrCode } from '@/components/qr-code'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { ProblemAlert } from '../problem-state'
import { useConfirmTwoFactor } from './mutations'

type ScanStepProps = { secret: string; uri: string; onConfirmed: (recoveryCodes: readonly string[]) => void }

/** The key for an authenticator app, and its first code as proof that it was read. */
export function ScanStep({ secret, uri, onConfirmed }: ScanStepProps) {
  const t = useTranslations('twoFactor')
  const formId = useId()
  const [code, setCode] = useState('')
  const confirm = useConfirmTwoFactor()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!confirm.isPending) confirm.mutate(code, { onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes) })
  }
  return (
    <>
      <DialogBody>
        <QrCode text={uri} label={t('setUp.qr')} className="w-52 max-w-full self-center rounded-lg border" />
        <p className="text-[0.8125rem] text-muted">
          {t('setUp.byHand')}: <code className="font-mono break-all text-foreground select-all">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('setUp.code')} hint={t('setUp.codeHint')} required>
            <Input
              name="code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
              mono
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={8}
            />
          </Field>
          {confirm.isError && <ProblemAlert error={confirm.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={confirm.isPending}>
          {t('setUp.confirm')}
        </Button>
      </DialogFooter>
    </>
  )
}
