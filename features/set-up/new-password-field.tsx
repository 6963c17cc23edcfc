'use client'

import { useTranslations } from 'use-intl'
import { PasswordInput } from '@/components/password-input'
import { Field } from '@/components/ui/field'
import { PASSWORD_MIN_LENGTH } from '@/contracts/set-up'
import type { PasswordValues } from './check-set-up'
import { PasswordNeeds } from './password-needs'

type NewPasswordFieldProps = {
  /** The password with the person's own words, which it must not be made of. */
  values: PasswordValues
  onChange: (password: string) => void
  error: string | undefined
}

/** A new password, and what it needs while it is typed. */
export function NewPasswordField({ values, onChange, error }: NewPasswordFieldProps) {
  const t = useTranslations('setUp')
  return (
    <div className="flex flex-col gap-2">
      <Field label={t('password')} hint={t('passwordHint')} error={error} required>
        <PasswordInput
          name="password"
          value={values.password}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="new-password"
          minLength={PASSWORD_MIN_LENGTH}
          labels={{ show: t('showPassword'), hide: t('hidePassword') }}
        />
      </Field>
      <PasswordNeeds values={values} />
    </div>
  )
}
