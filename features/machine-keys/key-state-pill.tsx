import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { MachineKeySummary } from '@/contracts/machine-keys'

const TONES = {
  active: 'success',
  ending: 'warning',
  replaced: 'neutral',
  expired: 'danger',
  revoked: 'neutral',
} as const satisfies Record<MachineKeySummary['state'], Tone>

/** Whether a key is let in. */
export function KeyStatePill({ state }: Pick<MachineKeySummary, 'state'>) {
  const t = useTranslations('machineKeys')
  return <StatusPill tone={TONES[state]}>{t(`state.${state}`)}</StatusPill>
}
