'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import { FreshPasswordField } from '../people/fresh-password-field'
import { ProblemAlert } from '../problem-state'
import { useBeginTwoFactor } from './mutations'

/** Proves who is at the keyboard, and begins. */
export function PasswordStep({ onBegun }: { onBegun: (made: { secret: string; uri: string }) => void }) {
  const t = useTranslations('twoFactor')
  const formId = useId()
  const [password, setPassword] = useState('')
  const begin = useBeginTwoFactor()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!begin.isPending) begin.mutate(password, { onSuccess: onBegun })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <FreshPasswordField value={password} onChange={setPassword} />
          {begin.isError && <ProblemAlert error={begin.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={begin.isPending}>
          {t('setUp.next')}
        </Button>
      </DialogFooter>
    </>
  )
}
