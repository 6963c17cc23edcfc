'use client'

import { useTranslations } from 'use-intl'
import { StepStrip } from '@/components/step-strip'
import { Card, CardContent } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Progress } from '@/components/ui/progress'
import { toast } from '@/components/ui/toast-store'
import { KEY_LINE_STATES, type KeyMigration } from '@/contracts/key-migrations'
import { ProblemAlert } from '../problem-state'
import { useChangePace } from './mutations'
import { PaceSelect } from './pace-select'
import { inHand } from './queries'
import { stageSteps } from './stage-steps'

const TONES = { running: 'accent', paused: 'warning', stopped: 'danger', finished: 'success', cancelled: 'neutral' } as const

/** How far a migration is, how fast it goes, how much it trusts itself, and how its lines stand. */
export function ProgressCard({ detail }: { detail: KeyMigration }) {
  const t = useTranslations('keyMigrations')
  const { counts, total, rate, secondsLeft } = detail
  const done = total - counts.pending - inHand(counts)
  const text = [
    t('progress.done', { done, total }),
    ...(rate !== null ? [t('progress.rate', { rate })] : []),
    ...(secondsLeft !== null ? [t('progress.left', { minutes: Math.round(secondsLeft / 60) })] : []),
    ...(inHand(counts) > 0 ? [t('progress.inHand', { count: inHand(counts) })] : []),
  ].join(' · ')
  const steps = stageSteps(detail).map(({ stage, status }) => ({
    id: stage, status, label: t(`stages.${stage}`), note: t(`stages.${stage}Note`),
  }))
  const words = {
    waiting: t('stages.status.waiting'), running: t('stages.status.running'), done: t('stages.status.done'),
    failed: t('stages.status.failed'), skipped: t('stages.status.skipped'),
  }
  return (
    <Card>
      <CardContent className="flex flex-col gap-5 pt-4 sm:pt-5">
        <div className="flex flex-col gap-2">
          <p className="tabular-nums">{text}</p>
          <Progress label={t('progress.label')} value={done} max={total} valueText={text} tone={TONES[detail.state]} />
        </div>
        <StepStrip label={t('stages.label')} steps={steps} labels={words} />
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4 xl:grid-cols-8">
          {KEY_LINE_STATES.map((state) => (
            <div key={state} className="flex flex-col">
              <dt className="text-[0.8125rem] text-muted">{t(`lineState.${state}`)}</dt>
              <dd className="text-lg font-semibold tabular-nums">{counts[state].toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
        {detail.state !== 'finished' && detail.state !== 'cancelled' && <Pace detail={detail} />}
      </CardContent>
    </Card>
  )
}

function Pace({ detail: { id, perSecond, perSecondNow } }: { detail: KeyMigration }) {
  const t = useTranslations('keyMigrations.progress')
  const change = useChangePace(id)
  const isSlowed = perSecondNow !== null && (perSecond === null || perSecondNow < perSecond)
  return (
    <div className="flex flex-col gap-2">
      <Field label={t('pace')} hint={isSlowed ? t('slowed', { rate: perSecondNow }) : undefined} className="max-w-prose">
        <PaceSelect
          value={perSecond}
          disabled={change.isPending}
          className="max-w-56"
          onChange={(wanted) => change.mutate(wanted, { onSuccess: () => toast.success(t('paceChanged')) })}
        />
      </Field>
      {change.isError && <ProblemAlert error={change.error} />}
    </div>
  )
}
