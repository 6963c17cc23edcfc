'use client'

import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { acceptInvitation, type OpenedInvitation } from '@/contracts/invitations'
import { pages } from '@/contracts/paths'
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@/contracts/set-up'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { isPasswordGuessable } from '../set-up/check-set-up'
import { NewPasswordField } from '../set-up/new-password-field'
import { enter } from './enter'

/** Name and password of a new account, which is signed in right away. */
export function NewAccountForm({ token, invitation }: { token: string; invitation: OpenedInvitation }) {
  const t = useTranslations('join')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const { email, organizationName, asksPassword } = invitation
  const account = { name, password: asksPassword ? password : null }
  const values = { name, password, email, organizationName }
  const parsed = acceptInvitation.body.safeParse({ token, account })
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path.at(-1)))
  const isGuessable = asksPassword && isPasswordGuessable(values)
  const join = useMutation({
    mutationFn: async () => {
      await callEndpoint(acceptInvitation, { body: { token, account } })
      if (asksPassword) await enter(email, password)
      else window.location.replace(pages.signIn())
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!join.isPending && !join.isSuccess && parsed.success && !isGuessable) join.mutate()
  }
  const passwordError = wrong.has('password')
    ? t('passwordWrong', { minimum: PASSWORD_MIN_LENGTH, maximum: PASSWORD_MAX_LENGTH })
    : isGuessable
      ? t('guessable')
      : undefined
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {join.isError && <ProblemAlert error={join.error} />}
      <Field label={t('name')} error={isTried && wrong.has('name') ? t('nameWrong') : undefined} required>
        <Input name="name" value={name} onChange={(event) => setName(event.target.value)} autoComplete="name" maxLength={80} />
      </Field>
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      {asksPassword && <NewPasswordField values={values} onChange={setPassword} error={isTried ? passwordError : undefined} />}
      <Button type="submit" variant="primary" size="lg" loading={join.isPending || join.isSuccess}>
        {t('submit')}
      </Button>
    </form>
  )
}
