'use client'

import { useTranslations } from 'use-intl'
import { Card, CardContent } from '@/components/ui/card'
import { Progress } from '@/components/ui/progress'
import { IMPORT_LINE_STATES, type ImportDetail } from '@/contracts/imports'
import { paceOf } from './pace'
import { isMoving } from './queries'

/** How far an import is, how fast it goes, and how its lines stand. */
export function ProgressCard({ detail }: { detail: ImportDetail }) {
  const t = useTranslations('imports')
  const { counts, total } = detail
  const done = total - counts.pending
  const pace = isMoving(detail) ? paceOf({ ...detail, done, left: counts.pending }) : null
  const text = [
    t('detail.done', { done, total }),
    ...(pace ? [t('detail.rate', { rate: pace.perSecond }), t('detail.left', { minutes: pace.minutesLeft })] : []),
  ].join(' · ')
  return (
    <Card>
      <CardContent className="flex flex-col gap-4 pt-4 sm:pt-5">
        <div className="flex flex-col gap-2">
          <p className="tabular-nums">{text}</p>
          <Progress label={t('detail.progress')} value={done} max={total} valueText={text} tone={isMoving(detail) ? 'accent' : 'success'} />
        </div>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
          {IMPORT_LINE_STATES.map((state) => (
            <div key={state} className="flex flex-col">
              <dt className="text-[0.8125rem] text-muted">{t(`lineState.${state}`)}</dt>
              <dd className="text-lg font-semibold tabular-nums">{counts[state].toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
        {counts.refused > 0 && <p className="text-[0.8125rem] text-muted">{t('detail.refusedHint')}</p>}
      </CardContent>
    </Card>
  )
}
