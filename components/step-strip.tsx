'use client'

import { ChevronDown, CircleAlert, CircleCheck, CircleDashed, CircleMinus, LoaderCircle, type LucideIcon } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { formatElapsed } from './format-time'
import { cn } from './ui/cn'
import { TONE_TEXT, type Tone } from './ui/tone'

export type StepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped'

export type Step = {
  id: string
  label: string
  status: StepStatus
  durationMs?: number | undefined
  /** One short line under the label. */
  note?: ReactNode
  /** Opens under the strip: a masked request and its answer. */
  details?: ReactNode
  /** Stands in the corner: a Ring with the time that is left. */
  ring?: ReactNode
}

export type StepStripLabels = Record<StepStatus, string>

const LABELS: StepStripLabels = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
}

const LOOKS = {
  waiting: { Icon: CircleDashed, tone: 'neutral' },
  running: { Icon: LoaderCircle, tone: 'accent' },
  done: { Icon: CircleCheck, tone: 'success' },
  failed: { Icon: CircleAlert, tone: 'danger' },
  skipped: { Icon: CircleMinus, tone: 'neutral' },
} as const satisfies Record<StepStatus, { Icon: LucideIcon; tone: Tone }>

export type StepStripProps = {
  steps: readonly Step[]
  /** Accessible name of the strip. */
  label: string
  labels?: Partial<StepStripLabels> | undefined
  locale?: string | undefined
  className?: string | undefined
}

/** Steps one after the other, each with its time; a step with details opens them below. */
export function StepStrip({ steps, label, labels, locale, className }: StepStripProps) {
  const [openId, setOpenId] = useState<string | null>(null)
  const panelId = useId()
  const words = { ...LABELS, ...labels }
  const open = steps.find((step) => step.id === openId && step.details !== undefined)
  return (
    <div data-slot="step-strip" className={cn('min-w-0', className)}>
      <ol
        aria-label={label}
        className="grid overflow-hidden rounded-lg border bg-surface max-md:divide-y md:auto-cols-fr md:grid-flow-col md:divide-x"
      >
        {steps.map((step) => (
          <li key={step.id} data-status={step.status} className={cn('relative min-w-0', step.id === open?.id && 'bg-accent-subtle')}>
            <StepBox
              step={step}
              statusWord={words[step.status]}
              locale={locale}
              toggle={
                step.details === undefined
                  ? null
                  : { panelId, isOpen: step.id === open?.id, flip: () => setOpenId(step.id === openId ? null : step.id) }
              }
            />
          </li>
        ))}
      </ol>
      <section id={panelId} aria-label={open?.label ?? label} hidden={open === undefined} className="mt-3">
        {open?.details}
      </section>
    </div>
  )
}

type Toggle = { panelId: string; isOpen: boolean; flip: () => void }

type StepBoxProps = { step: Step; statusWord: string; locale: string | undefined; toggle: Toggle | null }

function StepBox({ step, statusWord, locale, toggle }: StepBoxProps) {
  const body = <StepBody step={step} statusWord={statusWord} locale={locale} />
  if (toggle === null) return <div className="flex h-full items-start gap-3 px-4 py-3">{body}</div>
  return (
    <button
      type="button"
      aria-expanded={toggle.isOpen}
      aria-controls={toggle.panelId}
      onClick={toggle.flip}
      className="flex size-full items-start gap-3 px-4 py-3 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2"
    >
      {body}
      <ChevronDown aria-hidden className={cn('mt-0.5 size-4 shrink-0 text-muted transition-transform', toggle.isOpen && 'rotate-180')} />
    </button>
  )
}

function StepBody({ step, statusWord, locale }: { step: Step; statusWord: string; locale: string | undefined }) {
  const { Icon, tone } = LOOKS[step.status]
  return (
    <>
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', TONE_TEXT[tone], step.status === 'running' && 'animate-spin')} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="font-medium">{step.label}</span>
        <span className={cn('text-[0.8125rem] tabular-nums', step.status === 'failed' ? 'text-danger-text' : 'text-muted')}>
          {statusWord}
          {step.durationMs !== undefined && <span> · {formatElapsed(step.durationMs, locale)}</span>}
        </span>
        {step.note !== undefined && <span className="text-[0.8125rem] text-pretty wrap-anywhere text-muted">{step.note}</span>}
      </span>
      {step.ring}
    </>
  )
}
