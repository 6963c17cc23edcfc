'use client'

import { useTranslations } from 'use-intl'
import { PasswordInput } from '@/components/password-input'
import { Field } from '@/components/ui/field'

type FreshPasswordFieldProps = { value?: string; onChange?: (value: string) => void }

/** The person's own password, before a grave act; by its name in a form's data, or held by whoever gives `value`. */
export function FreshPasswordField({ value, onChange }: FreshPasswordFieldProps) {
  const t = useTranslations('people')
  return (
    <Field label={t('password')} hint={t('passwordHint')}>
      <PasswordInput
        name="password"
        {...(value === undefined ? {} : { value, onChange: (event) => onChange?.(event.target.value) })}
        autoComplete="current-password"
        labels={{ show: t('showPassword'), hide: t('hidePassword') }}
      />
    </Field>
  )
}
