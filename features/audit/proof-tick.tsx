'use client'

import { CircleDashed, ShieldAlert, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '@/components/ui/cn'
import type { AuditEventDto } from '@/contracts/audit'

const LOOKS = {
  waiting: { Icon: CircleDashed, tone: 'text-muted' },
  sealed: { Icon: ShieldCheck, tone: 'text-muted' },
  signed: { Icon: ShieldCheck, tone: 'text-success-text' },
  broken: { Icon: ShieldAlert, tone: 'text-danger-text' },
} as const

/** Whether an entry is what was sealed; in words beside it, or for screen readers and on hover alone. */
export function ProofTick({ proof, withText = false }: { proof: AuditEventDto['proof']; withText?: boolean }) {
  const t = useTranslations('audit.proof')
  const { Icon, tone } = LOOKS[proof]
  return (
    <span className={cn('inline-flex items-center gap-1.5', tone)} title={withText ? undefined : t(proof)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={withText ? undefined : 'sr-only'}>{t(proof)}</span>
    </span>
  )
}
