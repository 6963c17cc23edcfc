'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { FreshPasswordField } from '../people/fresh-password-field'
import { ProblemAlert } from '../problem-state'
import { CodesToKeep } from './codes-to-keep'
import { useRenewRecoveryCodes } from './mutations'

/** Makes new recovery codes and shows them, once. */
export function RenewCodesDialog() {
  const t = useTranslations('twoFactor')
  const [open, setOpen] = useState(false)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const close = () => {
    setOpen(false)
    setCodes(null)
  }
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? setOpen(true) : codes === null && close())}>
      <DialogTrigger asChild>
        <Button>{t('on.renew')}</Button>
      </DialogTrigger>
      <DialogContent
        title={codes === null ? t('on.renewTitle') : t('setUp.codesTitle')}
        description={codes === null ? t('on.renewConsequence') : t('setUp.codesText')}
        closeLabel={t('close')}
        locked
      >
        {codes === null ? <RenewForm onMade={setCodes} /> : <CodesToKeep codes={codes} onStored={close} />}
      </DialogContent>
    </Dialog>
  )
}

function RenewForm({ onMade }: { onMade: (codes: readonly string[]) => void }) {
  const t = useTranslations('twoFactor')
  const formId = useId()
  const [password, setPassword] = useState('')
  const renew = useRenewRecoveryCodes()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!renew.isPending) renew.mutate(password, { onSuccess: ({ recoveryCodes }) => onMade(recoveryCodes) })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <FreshPasswordField value={password} onChange={setPassword} />
          {renew.isError && <ProblemAlert error={renew.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={renew.isPending}>
          {t('on.renewConfirm')}
        </Button>
      </DialogFooter>
    </>
  )
}
