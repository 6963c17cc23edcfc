import { CircleAlert, CircleCheck, CircleDashed, Info, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './ui/cn'
import { TONE_SUBTLE, type Tone } from './ui/tone'

const ICONS = {
  neutral: CircleDashed,
  accent: LoaderCircle,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
  info: Info,
} as const satisfies Record<Tone, LucideIcon>

export type StatusPillProps = {
  tone: Tone
  /** The word for the state. */
  children: ReactNode
  /** An icon of its own; each tone has one. */
  icon?: ReactNode
  className?: string | undefined
}

/** The state of a thing: a colour, a shape and a word that say the same. */
export function StatusPill({ tone, children, icon, className }: StatusPillProps) {
  const Icon = ICONS[tone]
  return (
    <span
      data-slot="status-pill"
      data-tone={tone}
      className={cn(
        'inline-flex w-fit shrink-0 items-center gap-1.5 rounded-full border py-0.5 pr-2.5 pl-2 text-xs leading-4 font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0',
        TONE_SUBTLE[tone],
        className,
      )}
    >
      {icon ?? <Icon aria-hidden />}
      {children}
    </span>
  )
}
