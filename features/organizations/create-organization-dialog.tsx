'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { createOrganization } from '@/contracts/organizations'
import { ProblemAlert } from '../problem-state'
import { useCreateOrganization } from './mutations'

/** Makes a further organization, and goes over to it. */
export function CreateOrganizationDialog() {
  const t = useTranslations('organization')
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button>{t('another.action')}</Button>
      </DialogTrigger>
      <DialogContent title={t('another.dialogTitle')} description={t('another.dialogText')} closeLabel={t('close')} size="sm">
        <CreateForm />
      </DialogContent>
    </Dialog>
  )
}

function CreateForm() {
  const t = useTranslations('organization')
  const formId = useId()
  const [name, setName] = useState('')
  const [isWrong, setWrong] = useState(false)
  const create = useCreateOrganization()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isGood = createOrganization.body.safeParse({ name }).success
    setWrong(!isGood)
    if (isGood && !create.isPending && !create.isSuccess) create.mutate(name)
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('name')} error={isWrong ? t('nameWrong') : undefined} required>
            <Input name="name" value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="off" />
          </Field>
          {create.isError && <ProblemAlert error={create.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={create.isPending || create.isSuccess}>
          {t('another.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}
