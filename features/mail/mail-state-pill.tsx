'use client'

import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { Mail } from '@/contracts/mail'

const TONES = { queued: 'accent', sent: 'success', written: 'info', bounced: 'danger', failed: 'danger', withdrawn: 'neutral' } as const satisfies Record<Mail['state'], Tone>

export function MailStatePill({ state }: { state: Mail['state'] }) {
  const t = useTranslations('mail.states')
  return <StatusPill tone={TONES[state]}>{t(state)}</StatusPill>
}
