'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StackedBar } from '@/components/stacked-bar'
import { Card, CardContent } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import type { CampaignDetail } from '@/contracts/campaigns'
import type { RecipientState } from '@/lib/campaigns/recipient-state'
import { SHOWN_STATES, STATE_TONES } from './state-looks'
import { RecipientStatePill } from './state-pills'

type ProgressCardProps = {
  campaign: CampaignDetail
  now: string
  chosen: RecipientState | undefined
  /** A press shows those alone, another shows all again. */
  onChoose: (state: RecipientState | undefined) => void
}

/** How many recipients stand where: the counts together are all who were asked. */
export function ProgressCard({ campaign: { counts, total, leftOut, nextMailAt }, now, chosen, onChoose }: ProgressCardProps) {
  const t = useTranslations('campaigns.progress')
  const shown = SHOWN_STATES.filter((state) => counts[state] > 0 || ALWAYS.includes(state) || state === chosen)
  return (
    <Card>
      <CardContent className="flex flex-col gap-4 pt-4 sm:pt-5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <p className="text-base font-semibold tabular-nums">{t('connected', { count: counts.connected, total })}</p>
          <p className="text-[0.8125rem] text-muted">
            {nextMailAt !== null && (
              <>
                {t('nextMail')} <RelativeTime at={nextMailAt} now={now} />
                {leftOut > 0 && ' · '}
              </>
            )}
            {leftOut > 0 && t('leftOut', { count: leftOut })}
          </p>
        </div>
        <StackedBar parts={SHOWN_STATES.map((state) => ({ id: state, count: counts[state], tone: STATE_TONES[state] }))} />
        <ul aria-label={t('label')} className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
          {shown.map((state) => (
            <li key={state}>
              <button
                type="button"
                aria-pressed={chosen === state}
                onClick={() => onChoose(chosen === state ? undefined : state)}
                className={cn(
                  'flex h-full min-h-11 w-full items-center justify-between gap-2 rounded-lg border px-2.5 py-2 text-left transition-colors',
                  chosen === state ? 'border-accent bg-accent-subtle' : 'bg-surface hover:bg-hover',
                )}
              >
                <RecipientStatePill state={state} />
                <span className={cn('text-lg font-semibold tabular-nums', counts[state] === 0 && 'text-subtle')}>{counts[state].toLocaleString('en')}</span>
              </button>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  )
}

/** What everybody asks for first, also while it is none. */
const ALWAYS: readonly RecipientState[] = ['connected', 'mailed', 'opened', 'refused']
