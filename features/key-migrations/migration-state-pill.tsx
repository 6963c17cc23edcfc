import { CirclePause } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { KeyMigrationState } from '@/contracts/key-migrations'

const TONES = { running: 'accent', paused: 'warning', stopped: 'danger', finished: 'success', cancelled: 'neutral' } as const satisfies Record<KeyMigrationState, Tone>

export function MigrationStatePill({ state }: { state: KeyMigrationState }) {
  const t = useTranslations('keyMigrations.state')
  return (
    <StatusPill tone={TONES[state]} icon={state === 'paused' ? <CirclePause aria-hidden /> : undefined}>
      {t(state)}
    </StatusPill>
  )
}
