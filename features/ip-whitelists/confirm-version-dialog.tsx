'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import type { WhitelistVersion } from '@/contracts/ip-whitelists'
import { ProblemAlert } from '../problem-state'
import { useConfirmWhitelist } from './mutations'

type ConfirmVersionDialogProps = { apiClientId: string; version: WhitelistVersion; isPrimary: boolean }

/** Writes down that Octorate said so, and how: there is nothing to ask. */
export function ConfirmVersionDialog({ apiClientId, version, isPrimary }: ConfirmVersionDialogProps) {
  const t = useTranslations('ipWhitelists.confirm')
  const formId = useId()
  const [how, setHow] = useState('')
  const [isMissing, setMissing] = useState(false)
  const confirm = useConfirmWhitelist(apiClientId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(how.trim() === '')
    if (how.trim() === '' || confirm.isPending) return
    // The button that opened this is gone with the state that it was for, and the dialog with it.
    confirm.mutate({ versionId: version.id, how: how.trim() }, { onSuccess: () => toast.success(t('done')) })
  }
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant={isPrimary ? 'primary' : 'secondary'}>{t('open')}</Button>
      </DialogTrigger>
      <DialogContent title={t('title', { number: version.number })} description={t('text')} closeLabel={t('close')}>
        <DialogBody>
          <CodeBlock label={t('list')} code={version.blocks.join('\n') || t('emptyList')} />
          <form id={formId} noValidate method="post" onSubmit={submit}>
            <Field label={t('how')} hint={t('howHint')} error={isMissing ? t('howMissing') : undefined} required>
              <Input name="how" value={how} onChange={(event) => setHow(event.target.value)} maxLength={200} autoComplete="off" />
            </Field>
          </form>
          {confirm.isError && <ProblemAlert error={confirm.error} />}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>{t('cancel')}</Button>
          </DialogClose>
          <Button type="submit" form={formId} variant="primary" loading={confirm.isPending}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
