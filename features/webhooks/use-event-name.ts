import { useTranslations } from 'use-intl'
import { ALERT_TYPES, EVENT_TYPES } from '@/contracts/events'
import { typeKey } from '../alerts/type-key'

const KNOWN = [...EVENT_TYPES, ...ALERT_TYPES, 'webhook.test'] as const

/** Gives a type's name in words; one that is not known stays as it is. */
export function useEventName(): (type: string) => string {
  const t = useTranslations('webhooks.events')
  return (type) => {
    const known = KNOWN.find((each) => each === type)
    return known ? t(typeKey(known)) : type
  }
}
