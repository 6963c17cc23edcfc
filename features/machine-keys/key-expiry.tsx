'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { toMs } from '@/components/server-clock'
import { StatusPill } from '@/components/status-pill'
import { useTicking } from '@/components/use-ticking'
import type { MachineKeySummary } from '@/contracts/machine-keys'
import { warningOf } from './expiry-warning'

const TONES = { month: 'info', week: 'warning', day: 'danger' } as const

/** When a key expires; from thirty days before the end it is a warning, which grows at seven days and at one. */
export function KeyExpiry({ machineKey: { expiresAt, state }, now }: { machineKey: Pick<MachineKeySummary, 'expiresAt' | 'state'>; now: string }) {
  const t = useTranslations('machineKeys')
  const warning = useTicking(now, (nowMs) => (expiresAt === null ? 'none' : warningOf(toMs(expiresAt) - nowMs)))
  if (expiresAt === null) return <span className="text-muted">{t('never')}</span>
  const when = <RelativeTime at={expiresAt} now={now} />
  if (state === 'revoked' || warning === 'none' || warning === 'over') return when
  return <StatusPill tone={TONES[warning]}>{when}</StatusPill>
}
