'use client'

import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { Delivery } from '@/contracts/webhooks'

const TONES = { queued: 'accent', delivered: 'success', failed: 'danger' } as const satisfies Record<Delivery['state'], Tone>

export function DeliveryStatePill({ state }: { state: Delivery['state'] }) {
  const t = useTranslations('webhooks.deliveries.states')
  return <StatusPill tone={TONES[state]}>{t(state)}</StatusPill>
}
