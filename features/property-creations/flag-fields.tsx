'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

export type Flags = { readonly acceptDuplicates: boolean; readonly welcomeUser: boolean; readonly networkName: string }
export const NO_FLAGS: Flags = { acceptDuplicates: false, welcomeUser: false, networkName: '' }

/** What holds for one property or for a whole file; mailing the customer is off until somebody wants it. */
export function FlagFields({ value, onChange }: { value: Flags; onChange: (value: Flags) => void }) {
  const t = useTranslations('propertyCreations.fields')
  return (
    <>
      <Field label={t('networkName')} hint={t('networkNameHint')}>
        <Input value={value.networkName} onChange={(event) => onChange({ ...value, networkName: event.target.value })} maxLength={200} autoComplete="off" />
      </Field>
      <Checkbox
        label={t('acceptDuplicates')}
        hint={t('acceptDuplicatesHint')}
        checked={value.acceptDuplicates}
        onChange={(event) => onChange({ ...value, acceptDuplicates: event.target.checked })}
      />
      <Checkbox label={t('welcomeUser')} hint={t('welcomeUserHint')} checked={value.welcomeUser} onChange={(event) => onChange({ ...value, welcomeUser: event.target.checked })} />
      {value.welcomeUser && (
        <Alert tone="warning" title={t('welcomeUserWarning')}>
          {t('welcomeUserWarningText')}
        </Alert>
      )}
    </>
  )
}
