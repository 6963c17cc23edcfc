'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import type { Incident, IncidentStep } from '@/contracts/incidents'
import type { Role } from '@/contracts/permissions'
import { ProblemAlert } from '../problem-state'
import { useSettleStep } from './mutations'
import { StepAct } from './step-act'
import { StepState } from './step-state'

type IncidentStepItemProps = {
  number: number
  step: IncidentStep
  settled: Incident['steps'][number]['settled']
  incident: Incident
  now: string
  role: Role
}

/** Steps that are settled by being done: nobody says of them by hand that they are. */
const DONE_BY_ACT: readonly IncidentStep[] = ['freeze', 'machine_keys', 'sessions', 'access_tokens', 'mark', 'thaw']
/** Whose words in a drill are others. */
const OTHER_IN_A_DRILL = ['freeze', 'machine_keys', 'access_tokens', 'mark'] as const

/** One step: what it is for, how it is now, its one act, and who settled it. */
export function IncidentStepItem({ number, step, settled, incident, now, role }: IncidentStepItemProps) {
  const t = useTranslations('incidents.step')
  const settle = useSettleStep(incident.id)
  const isOpen = incident.closedAt === null
  const isDrill = incident.kind === 'drill'
  // What somebody froze before the incident was opened needs no act here.
  const needsAct = DONE_BY_ACT.includes(step) && !(step === 'freeze' && incident.state.freeze !== null)
  const drilled = isDrill ? OTHER_IN_A_DRILL.find((each) => each === step) : undefined
  const text = drilled === undefined ? t(`${step}.text`) : t(`${drilled}.textDrill`)
  return (
    <li className="flex gap-4 py-4 first:pt-0 last:pb-0">
      <span
        aria-hidden
        className={cn(
          'grid size-8 shrink-0 place-items-center rounded-full border text-sm font-semibold [&_svg]:size-4',
          settled === null ? 'border-line-strong text-muted' : 'border-success-line bg-success-subtle text-success-text',
        )}
      >
        {settled?.isDone ? <Check /> : number}
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-semibold">{t(`${step}.title`)}</h3>
            <StatusPill tone={settled === null ? 'neutral' : 'success'}>
              {t(settled === null ? 'waiting' : settled.isDone ? 'done' : 'notNeeded')}
            </StatusPill>
          </div>
          <p className="mt-0.5 max-w-prose text-pretty text-muted">{text}</p>
          <StepState step={step} incident={incident} />
          {settled !== null && (
            <p className="mt-1 text-[0.8125rem] wrap-anywhere text-muted">
              {t('by', { name: settled.by ?? '–' })} <RelativeTime at={settled.at} now={now} />
              {settled.touched !== null && `, ${t('touched', { count: settled.touched })}`}
              {settled.note !== null && `: ${settled.note}`}
            </p>
          )}
          {settle.isError && <ProblemAlert error={settle.error} className="mt-2" />}
        </div>
        {isOpen && (
          <div className="flex flex-wrap items-start gap-2">
            <StepAct step={step} incident={incident} role={role} />
            {settled === null && !needsAct && (
              <Button size="sm" loading={settle.isPending} onClick={() => settle.mutate({ step, isDone: true })} aria-label={`${t('markDone')}: ${t(`${step}.title`)}`}>
                {t('markDone')}
              </Button>
            )}
            {settled === null && (
              <Button
                size="sm"
                variant="ghost"
                loading={settle.isPending}
                onClick={() => settle.mutate({ step, isDone: false })}
                aria-label={`${t('markNotNeeded')}: ${t(`${step}.title`)}`}
              >
                {t('markNotNeeded')}
              </Button>
            )}
          </div>
        )}
      </div>
    </li>
  )
}
