'use client'

import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

/** Why; in a form's data it is `reason`. */
export function ReasonField({ hint }: { hint?: string }) {
  const t = useTranslations('freezes')
  return (
    <Field label={t('reason')} hint={hint ?? t('reasonHint')} required>
      <Input name="reason" required maxLength={300} autoComplete="off" />
    </Field>
  )
}
