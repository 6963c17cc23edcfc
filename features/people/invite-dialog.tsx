'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { RevealOnce } from '@/components/reveal-once'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { createInvitation } from '@/contracts/invitations'
import type { Role } from '@/contracts/permissions'
import type { z } from '@/contracts/zod'
import { ProblemAlert } from '../problem-state'
import { FreshPasswordField } from './fresh-password-field'
import { useInvite } from './mutations'
import { RoleChoice } from './role-choice'

type Made = z.output<typeof createInvitation.output>

/** The button that invites somebody, and shows the link in place of the form: once. */
export function InviteDialog() {
  const t = useTranslations('people.invite')
  const close = useTranslations('people')('close')
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    setMade(null)
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">{t('action')}</Button>
      </DialogTrigger>
      <DialogContent
        title={made === null ? t('title') : t('madeTitle', { email: made.invitation.email })}
        description={made === null ? t('text') : t(made.isMailed ? 'madeMailed' : 'madeNotMailed')}
        closeLabel={close}
        locked
      >
        {made === null ? (
          <InviteForm onMade={setMade} />
        ) : (
          <DialogBody>
            <RevealOnce name={t('link')} value={made.link} onStored={() => change(false)} labels={{ warning: t('warning'), stored: t('stored') }} />
          </DialogBody>
        )}
      </DialogContent>
    </Dialog>
  )
}

/** Mounted with the dialog: what was typed is gone when it closes. */
function InviteForm({ onMade }: { onMade: (made: Made) => void }) {
  const t = useTranslations('people')
  const formId = useId()
  const [email, setEmail] = useState('')
  const [asRole, setRole] = useState<Role>('support')
  const [password, setPassword] = useState('')
  const [isWrong, setWrong] = useState(false)
  const invite = useInvite()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (invite.isPending) return
    const isGood = createInvitation.body.safeParse({ email, asRole }).success
    setWrong(!isGood)
    if (isGood) invite.mutate({ email, asRole, password }, { onSuccess: onMade })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t('invite.email')} error={isWrong ? t('invite.emailWrong') : undefined} required>
            <Input
              name="email"
              type="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={200}
            />
          </Field>
          <RoleChoice value={asRole} onChange={setRole} />
          {asRole === 'owner' && <FreshPasswordField value={password} onChange={setPassword} />}
          {invite.isError && <ProblemAlert error={invite.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={invite.isPending}>
          {t('invite.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}
