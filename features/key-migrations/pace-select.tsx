'use client'

import { useTranslations } from 'use-intl'
import { Select } from '@/components/ui/select'

const PACES = [1, 2, 5, 10, 20, 50]

type PaceSelectProps = { value: number | null; onChange: (perSecond: number | null) => void; disabled?: boolean; className?: string }

/** Keys a second. A pace that a back end has set otherwise is among the choices. */
export function PaceSelect({ value, onChange, disabled = false, className }: PaceSelectProps) {
  const t = useTranslations('keyMigrations.progress')
  const paces = value === null || PACES.includes(value) ? PACES : [...PACES, value].toSorted((a, b) => a - b)
  return (
    <Select
      name="pace"
      value={value ?? 'none'}
      disabled={disabled}
      className={className}
      onChange={({ target }) => onChange(target.value === 'none' ? null : Number(target.value))}
    >
      {paces.map((rate) => (
        <option key={rate} value={rate}>
          {t('paceOption', { rate })}
        </option>
      ))}
      <option value="none">{t('paceNone')}</option>
    </Select>
  )
}
