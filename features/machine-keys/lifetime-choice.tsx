'use client'

import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { LIFETIMES, type MachineKeyValues } from './check-machine-key'

type Chosen = Pick<MachineKeyValues, 'lifetime' | 'expiresOn'>
type LifetimeChoiceProps = { value: Chosen; onChange: (part: Partial<Chosen>) => void; error: string | undefined }

/** When a key expires: in a year unless something else is chosen; never only by choice. */
export function LifetimeChoice({ value: { lifetime, expiresOn }, onChange, error }: LifetimeChoiceProps) {
  const t = useTranslations('machineKeys')
  return (
    <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
      <Field label={t('fields.expires')} hint={lifetime === 'never' ? t('neverHint') : undefined}>
        <Select
          name="lifetime"
          value={lifetime}
          onChange={(event) => onChange({ lifetime: LIFETIMES.find((each) => each === event.target.value) ?? '365' })}
        >
          {LIFETIMES.map((each) => (
            <option key={each} value={each}>
              {t(`lifetime.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      {lifetime === 'date' && (
        <Field label={t('fields.expiresOn')} hint={t('fields.expiresOnHint')} error={error} required>
          <Input type="date" name="expiresOn" value={expiresOn} onChange={(event) => onChange({ expiresOn: event.target.value })} />
        </Field>
      )}
    </div>
  )
}
