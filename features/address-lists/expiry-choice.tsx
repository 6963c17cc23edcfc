'use client'

import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { ENTRY_EXPIRIES, type ExpiryValues } from './entry-expiry'

type ExpiryChoiceProps = {
  value: ExpiryValues
  onChange: (value: ExpiryValues) => void
  error: string | undefined
  /** The entry has an end that may be left as it is. */
  mayKeep: boolean
}

/** Whether an entry stays, or removes itself and when. */
export function ExpiryChoice({ value, onChange, error, mayKeep }: ExpiryChoiceProps) {
  const t = useTranslations('addressLists.expiry')
  return (
    <>
      <Field label={t('label')} hint={value.expiry === 'never' || value.expiry === 'keep' ? undefined : t('hint')}>
        <Select
          name="expiry"
          value={value.expiry}
          onChange={({ target }) => onChange({ ...value, expiry: ENTRY_EXPIRIES.find((each) => each === target.value) ?? 'never' })}
        >
          {ENTRY_EXPIRIES.filter((each) => each !== 'keep' || mayKeep).map((each) => (
            <option key={each} value={each}>
              {t(`choices.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      {value.expiry === 'date' && (
        <Field label={t('on')} hint={t('onHint')} error={error} required>
          <Input type="date" name="expiresOn" value={value.on} onChange={({ target }) => onChange({ ...value, on: target.value })} />
        </Field>
      )}
    </>
  )
}
