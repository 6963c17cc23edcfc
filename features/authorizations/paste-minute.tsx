'use client'

import { useTranslations } from 'use-intl'
import { Ring } from '@/components/ring'
import { useTicking } from '@/components/use-ticking'
import { CODE_LIFETIME_MS } from './strip-steps'

/** What is left of Octorate's minute, as well as one can know it from here. */
export function PasteMinute({ returnedAtMs, now }: { returnedAtMs: number; now: string }) {
  const t = useTranslations('authorizations.paste')
  const untilMs = returnedAtMs + CODE_LIFETIME_MS
  const isOver = useTicking(now, (nowMs) => nowMs >= untilMs)
  return (
    <div className="flex items-center gap-4 rounded-lg border bg-sunken p-4">
      <Ring until={untilMs} now={now} totalMs={CODE_LIFETIME_MS} label={t('ring')} overText={t('ringOver')} />
      <div className="min-w-0">
        <p className="font-medium">{isOver ? t('minuteOver') : t('minute')}</p>
        <p className="text-pretty text-muted">{isOver ? t('minuteOverText') : t('minuteText')}</p>
      </div>
    </div>
  )
}
