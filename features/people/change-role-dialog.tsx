'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import type { PersonDetail } from '@/contracts/people'
import { ProblemAlert } from '../problem-state'
import { FreshPasswordField } from './fresh-password-field'
import { useChangeRole } from './mutations'
import { RoleChoice } from './role-choice'

/** Gives somebody another role. */
export function ChangeRoleDialog({ person }: { person: PersonDetail }) {
  const t = useTranslations('people')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>{t('person.changeRole')}</Button>
      </DialogTrigger>
      <DialogContent
        title={t('person.changeRoleTitle', { name: person.name })}
        description={t('person.changeRoleText')}
        closeLabel={t('close')}
        locked
      >
        <RoleForm person={person} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

/** Mounted with the dialog: what was typed is gone when it closes. */
function RoleForm({ person: { id, name, role }, onDone }: { person: PersonDetail; onDone: () => void }) {
  const t = useTranslations('people')
  const roles = useTranslations('shell.roles')
  const formId = useId()
  const [newRole, setRole] = useState(role)
  const [password, setPassword] = useState('')
  const change = useChangeRole(id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change.isPending) return
    change.mutate(
      { newRole, password },
      {
        onSuccess: (person) => {
          toast.success(t('person.roleChanged', { name, role: roles(person.role) }))
          onDone()
        },
      },
    )
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <RoleChoice value={newRole} onChange={setRole} />
          <FreshPasswordField value={password} onChange={setPassword} />
          {change.isError && <ProblemAlert error={change.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={change.isPending} disabled={newRole === role}>
          {t('person.changeRoleSubmit')}
        </Button>
      </DialogFooter>
    </>
  )
}
