'use client'

import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox'
import { MACHINE_SCOPES, type MachineScope } from '@/contracts/machine-scopes'

type ScopeChoiceProps = {
  value: readonly MachineScope[]
  onChange: (scopes: readonly MachineScope[]) => void
  error: string | undefined
}

/** What a key may do: nothing that is not ticked. */
export function ScopeChoice({ value, onChange, error }: ScopeChoiceProps) {
  const t = useTranslations('machineKeys')
  const errorId = useId()
  const toggle = (scope: MachineScope) => onChange(MACHINE_SCOPES.filter((each) => value.includes(each) !== (each === scope)))
  const wrong = error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': errorId }
  return (
    <fieldset className="flex min-w-0 flex-col">
      <legend className="mb-2 text-sm font-medium">{t('fields.scopes')}</legend>
      <div className="flex flex-col gap-2.5 touch:gap-0">
        {MACHINE_SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes"
            value={scope}
            label={t(`scopes.${scope}`)}
            hint={t(`scopeHints.${scope}`)}
            checked={value.includes(scope)}
            onChange={() => toggle(scope)}
            {...wrong}
          />
        ))}
      </div>
      {error !== undefined && (
        <p id={errorId} role="alert" className="mt-1.5 flex items-start gap-1.5 text-[0.8125rem] text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </fieldset>
  )
}
