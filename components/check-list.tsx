import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './ui/cn'
import { TONE_TEXT, type Tone } from './ui/tone'

export type CheckStatus = 'pending' | 'running' | 'pass' | 'warn' | 'fail'

export type CheckItem = {
  id: string
  label: ReactNode
  status: CheckStatus
  /** Why, in words; for `warn` and `fail` what it means. */
  explanation?: ReactNode
  /** What mends it: a button, a link, a field. */
  fix?: ReactNode
}

export type CheckListLabels = Record<CheckStatus, string>

const LABELS: CheckListLabels = {
  pending: 'Not checked yet',
  running: 'Checking',
  pass: 'Passed',
  warn: 'Warning',
  fail: 'Failed',
}

const LOOKS = {
  pending: { Icon: CircleDashed, tone: 'neutral' },
  running: { Icon: LoaderCircle, tone: 'accent' },
  pass: { Icon: CircleCheck, tone: 'success' },
  warn: { Icon: TriangleAlert, tone: 'warning' },
  fail: { Icon: CircleAlert, tone: 'danger' },
} as const satisfies Record<CheckStatus, { Icon: LucideIcon; tone: Tone }>

export type CheckListProps = {
  items: readonly CheckItem[]
  /** Accessible name of the list. */
  label: string
  labels?: Partial<CheckListLabels> | undefined
  className?: string | undefined
}

/** Checks before an act: each with its state, what it means and what mends it. */
export function CheckList({ items, label, labels, className }: CheckListProps) {
  const words = { ...LABELS, ...labels }
  return (
    <ul data-slot="check-list" aria-label={label} className={cn('divide-y rounded-lg border bg-surface', className)}>
      {items.map((item) => {
        const { Icon, tone } = LOOKS[item.status]
        return (
          <li key={item.id} data-status={item.status} className="flex flex-wrap items-start gap-x-3 gap-y-3 px-4 py-3">
            <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', TONE_TEXT[tone], item.status === 'running' && 'animate-spin')} />
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium">
                <span className="sr-only">{words[item.status]}: </span>
                {item.label}
              </p>
              {item.explanation !== undefined && <div className="text-pretty wrap-anywhere text-muted">{item.explanation}</div>}
            </div>
            {item.fix !== undefined && <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:pl-7">{item.fix}</div>}
          </li>
        )
      })}
    </ul>
  )
}
