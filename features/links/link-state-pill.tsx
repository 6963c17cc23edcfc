'use client'

import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { LinkState } from '@/lib/links/link-state'

const TONES = {
  created: 'neutral',
  opened: 'info',
  consented: 'accent',
  exchanged: 'accent',
  verified: 'success',
  refused: 'warning',
  wrong_property: 'danger',
  failed: 'danger',
  expired: 'neutral',
  revoked: 'neutral',
} as const satisfies Record<LinkState, Tone>

export function LinkStatePill({ state }: { state: LinkState }) {
  const t = useTranslations('links.state')
  return <StatusPill tone={TONES[state]}>{t(state)}</StatusPill>
}
