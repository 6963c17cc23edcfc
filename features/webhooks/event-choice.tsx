'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox'
import { TYPES_OF_KIND, type Webhook } from '@/contracts/webhooks'
import { useEventName } from './use-event-name'

export type EventChoiceProps = {
  kind: Webhook['kind']
  value: readonly string[]
  onChange: (events: string[]) => void
  error?: string | undefined
}

/** What a webhook is told of. */
export function EventChoice({ kind, value, onChange, error }: EventChoiceProps) {
  const t = useTranslations('webhooks')
  const nameOf = useEventName()
  const errorId = useId()
  return (
    <fieldset className="flex flex-col gap-2.5" aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="mb-2 text-sm font-medium">{t('form.events')}</legend>
      {TYPES_OF_KIND[kind].map((type) => (
        <Checkbox
          key={type}
          name="events"
          value={type}
          label={nameOf(type)}
          hint={<span className="font-mono text-xs">{type}</span>}
          checked={value.includes(type)}
          aria-invalid={error !== undefined || undefined}
          onChange={(event) => onChange(event.target.checked ? [...value, type] : value.filter((each) => each !== type))}
        />
      ))}
      {error !== undefined && (
        <p id={errorId} role="alert" className="text-[0.8125rem] text-danger-text">
          {error}
        </p>
      )}
    </fieldset>
  )
}
