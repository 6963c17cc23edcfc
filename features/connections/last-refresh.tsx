import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { cn } from '@/components/ui/cn'
import { TONE_TEXT } from '@/components/ui/tone'
import type { ConnectionSummary } from '@/contracts/connections'
import { readOutcome } from './refresh-reason'

type LastRefreshProps = Pick<ConnectionSummary, 'lastRefreshAt' | 'lastRefreshOutcome'> & { now: string }

/** When the tokens were last renewed, or tried to be, and how that ended. */
export function LastRefresh({ lastRefreshAt, lastRefreshOutcome, now }: LastRefreshProps) {
  const outcome = readOutcome(lastRefreshOutcome)
  const Icon = outcome.ok ? (outcome.isUntried ? CircleDashed : CircleCheck) : CircleAlert
  return (
    <span className="flex flex-col">
      <RelativeTime at={lastRefreshAt} now={now} />
      <span className={cn('inline-flex items-center gap-1 text-[0.8125rem] whitespace-nowrap', outcome.ok ? 'text-muted' : TONE_TEXT.danger)}>
        <Icon aria-hidden className={cn('size-3.5 shrink-0', outcome.ok && !outcome.isUntried && TONE_TEXT.success)} />
        <OutcomeText outcome={outcome} />
      </span>
    </span>
  )
}

/** The reason alone where there is one: colour and shape say to eyes that it failed, a hidden word to screen readers. */
function OutcomeText({ outcome }: { outcome: ReturnType<typeof readOutcome> }) {
  const t = useTranslations('connections.outcome')
  if (outcome.ok) return t(outcome.isUntried ? 'untried' : 'ok')
  if (outcome.reason === null) return t('failed')
  return (
    <span>
      <span className="sr-only">{t('failed')}: </span>
      {t(`reason.${outcome.reason}`)}
    </span>
  )
}
