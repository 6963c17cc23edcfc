'use client'

import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { recoverOwner } from '@/contracts/invitations'
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, passwordSchema } from '@/contracts/set-up'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { isPasswordGuessable } from '../set-up/check-set-up'
import { NewPasswordField } from '../set-up/new-password-field'
import { enter } from './enter'
import { useLinkToken } from './use-link-token'

/** A new password for an owner who was locked out. */
export function RecoverForm() {
  const t = useTranslations('join')
  const token = useLinkToken()
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const values = { name: '', email: '', organizationName: '', password }
  const isRight = passwordSchema.safeParse(password).success
  const isGuessable = isPasswordGuessable(values)
  const recover = useMutation({
    mutationFn: async () => {
      const { email } = await callEndpoint(recoverOwner, { body: { token: token ?? '', password } })
      await enter(email, password)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!recover.isPending && !recover.isSuccess && isRight && !isGuessable) recover.mutate()
  }
  const mistake = !isRight
    ? t('passwordWrong', { minimum: PASSWORD_MIN_LENGTH, maximum: PASSWORD_MAX_LENGTH })
    : isGuessable
      ? t('guessable')
      : undefined
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {recover.isError && <ProblemAlert error={recover.error} />}
      <NewPasswordField values={values} onChange={setPassword} error={isTried ? mistake : undefined} />
      <Button type="submit" variant="primary" size="lg" loading={recover.isPending || recover.isSuccess}>
        {t('recover.submit')}
      </Button>
    </form>
  )
}
