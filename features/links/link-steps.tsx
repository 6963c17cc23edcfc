'use client'

import { Check, Circle, CircleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { formatElapsed, formatUtc } from '@/components/format-time'
import { toMs } from '@/components/server-clock'
import { cn } from '@/components/ui/cn'
import type { LinkDetail } from '@/contracts/links'

const NAMES = ['created', 'opened', 'consented', 'exchanged', 'verified'] as const

/** How far the hotelier is, one line for each step, as it happens. */
export function LinkSteps({ link }: { link: LinkDetail }) {
  const t = useTranslations('links')
  const at = { created: link.createdAt, opened: link.openedAt, consented: link.consentedAt, exchanged: link.exchangedAt, verified: link.verifiedAt }
  const isEnded = ['refused', 'wrong_property', 'failed', 'expired', 'revoked'].includes(link.state)
  return (
    <ol aria-label={t('detail.steps')} className="flex flex-col gap-3">
      {NAMES.map((name) => (
        <Step
          key={name}
          tone={at[name] === null ? 'open' : 'done'}
          label={name === 'verified' && link.kind === 'connect' ? t('step.verifiedFirst') : t(`step.${name}`)}
          at={at[name]}
          note={name === 'exchanged' && at.exchanged !== null && link.exchangeMs !== null ? formatElapsed(link.exchangeMs) : null}
        />
      ))}
      {isEnded && <Step tone="bad" label={t(`state.${link.state}`)} at={link.endedAt} note={null} />}
    </ol>
  )
}

const ICONS = { done: Check, open: Circle, bad: CircleAlert } as const
const COLOURS = { done: 'text-success-text', open: 'text-subtle', bad: 'text-danger-text' } as const

type StepProps = { tone: keyof typeof ICONS; label: string; at: string | null; note: string | null }

function Step({ tone, label, at, note }: StepProps) {
  const Icon = ICONS[tone]
  return (
    <li className="flex items-start gap-2.5">
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', COLOURS[tone])} />
      <span className={cn('flex flex-wrap gap-x-2', tone === 'open' && 'text-muted')}>
        <span className={tone === 'open' ? '' : 'font-medium'}>{label}</span>
        {note !== null && <span className="text-muted tabular-nums">{note}</span>}
        {at !== null && <time dateTime={at} className="text-muted tabular-nums">{formatUtc(toMs(at))}</time>}
      </span>
    </li>
  )
}
