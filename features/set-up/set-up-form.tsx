'use client'

import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import { pages } from '@/contracts/paths'
import { completeSetUp, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@/contracts/set-up'
import { signInWithPassword } from '../auth-request'
import { ProblemAlert } from '../problem-state'
import { callEndpoint, problemOf } from '../request'
import { checkSetUp, NO_MISTAKES, type SetUpField, type SetUpValues } from './check-set-up'
import { NewPasswordField } from './new-password-field'

const EMPTY: SetUpValues = { code: '', organizationName: '', name: '', email: '', password: '' }

/** First run: the one-time code, the organization and its owner, who is signed in right away. */
export function SetUpForm() {
  const t = useTranslations('setUp')
  const [values, setValues] = useState(EMPTY)
  const [mistakes, setMistakes] = useState(NO_MISTAKES)
  const form = useFirstInvalidFocus(mistakes)
  const setUp = useMutation({
    mutationFn: async (input: SetUpValues) => {
      await callEndpoint(completeSetUp, { body: input })
      const refused = await signInWithPassword(input.email, input.password).catch(() => 'internal')
      window.location.replace(refused === null ? pages.overview() : pages.signIn())
    },
    onError: (error) => setMistakes(mistakesOf(problemOf(error).code)),
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (setUp.isPending || setUp.isSuccess) return
    const found = checkSetUp(values)
    setMistakes(found)
    if (found === NO_MISTAKES) setUp.mutate(values)
  }
  const field = (name: SetUpField) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })
  const errorOf = (name: SetUpField) => {
    const mistake = mistakes[name]
    if (mistake === undefined) return undefined
    if (mistake === 'guessable') return t('errors.guessable')
    return t(`errors.${name}`, { minimum: PASSWORD_MIN_LENGTH, maximum: PASSWORD_MAX_LENGTH })
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {setUp.isError && <ProblemAlert error={setUp.error} />}
      <Field label={t('code')} hint={t('codeHint')} error={errorOf('code')} required>
        <Input {...field('code')} mono autoComplete="off" autoCapitalize="characters" spellCheck={false} />
      </Field>
      <Field label={t('organization')} hint={t('organizationHint')} error={errorOf('organizationName')} required>
        <Input {...field('organizationName')} autoComplete="organization" maxLength={80} />
      </Field>
      <Field label={t('name')} error={errorOf('name')} required>
        <Input {...field('name')} autoComplete="name" maxLength={80} />
      </Field>
      <Field label={t('email')} error={errorOf('email')} required>
        <Input {...field('email')} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Field>
      <NewPasswordField values={values} onChange={(password) => setValues({ ...values, password })} error={errorOf('password')} />
      <Button type="submit" variant="primary" size="lg" loading={setUp.isPending || setUp.isSuccess}>
        {t('submit')}
      </Button>
    </form>
  )
}

/** What the server alone can know is marked on its field too. */
function mistakesOf(code: string): typeof NO_MISTAKES {
  if (code === 'set_up_code_wrong') return { code: 'wrong' }
  if (code === 'password_too_weak') return { password: 'guessable' }
  return NO_MISTAKES
}
