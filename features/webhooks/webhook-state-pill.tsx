'use client'

import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Webhook } from '@/contracts/webhooks'

export function WebhookStatePill({ webhook: { disabledAt, disabledByKeyrack, failingSince } }: { webhook: Webhook }) {
  const t = useTranslations('webhooks.states')
  if (disabledAt !== null) return <StatusPill tone={disabledByKeyrack ? 'danger' : 'neutral'}>{t(disabledByKeyrack ? 'offByKeyrack' : 'off')}</StatusPill>
  return failingSince === null ? <StatusPill tone="success">{t('on')}</StatusPill> : <StatusPill tone="warning">{t('failing')}</StatusPill>
}
