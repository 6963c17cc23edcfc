'use client'

import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Campaign } from '@/contracts/campaigns'
import type { RecipientState } from '@/lib/campaigns/recipient-state'
import { STATE_TONES } from './state-looks'

const CAMPAIGN_TONES = { running: 'accent', finished: 'success', stopped: 'neutral' } as const

export function CampaignStatePill({ state }: Pick<Campaign, 'state'>) {
  const t = useTranslations('campaigns.state')
  return <StatusPill tone={CAMPAIGN_TONES[state]}>{t(state)}</StatusPill>
}

export function RecipientStatePill({ state }: { state: RecipientState }) {
  const t = useTranslations('campaigns.recipientState')
  return <StatusPill tone={STATE_TONES[state]}>{t(state)}</StatusPill>
}
