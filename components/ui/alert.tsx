import { CircleAlert, CircleCheck, Info, KeyRound, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { TONE_SUBTLE, TONE_TEXT, type Tone } from './tone'

const ICONS = {
  neutral: Info,
  accent: KeyRound,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
  info: Info,
} as const satisfies Record<Tone, LucideIcon>

export type AlertProps = {
  tone?: Tone | undefined
  title: ReactNode
  children?: ReactNode
  /** Buttons or links: usually one. */
  actions?: ReactNode
  icon?: ReactNode
  /** `alert` interrupts a screen reader, `status` waits; none for what was there from the start. */
  role?: 'alert' | 'status' | undefined
  className?: string | undefined
}

/** A message in the page: what is the matter, and what to do. */
export function Alert({ tone = 'info', title, children, actions, icon, role, className }: AlertProps) {
  const Icon = ICONS[tone]
  return (
    <div
      data-slot="alert"
      data-tone={tone}
      role={role}
      className={cn('flex gap-3 rounded-lg border px-4 py-3', TONE_SUBTLE[tone], className)}
    >
      <span aria-hidden className={cn('mt-0.5 shrink-0 [&_svg]:size-4', TONE_TEXT[tone])}>
        {icon ?? <Icon />}
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-semibold">{title}</p>
          {children !== undefined && <div className="mt-0.5 text-foreground">{children}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
