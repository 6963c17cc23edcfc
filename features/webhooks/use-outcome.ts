import { useTranslations } from 'use-intl'
import type { Delivery } from '@/contracts/webhooks'

const FAILURES = ['not_https', 'address_refused', 'name_unknown', 'unreachable', 'certificate', 'timeout', 'redirected', 'cut'] as const

/** Gives what came of a try in words: the answer's status, or why there was none. */
export function useOutcome(): (attempt: Delivery['attempts'][number]) => string {
  const t = useTranslations('webhooks.deliveries')
  return ({ status, failure }) => {
    if (status !== null) return t('attempt', { status })
    const known = FAILURES.find((each) => each === failure)
    return t('noAnswer', { failure: t(`failures.${known ?? 'other'}`) })
  }
}
