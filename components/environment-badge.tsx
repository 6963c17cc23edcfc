import { FlaskConical, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './ui/cn'

export type EnvironmentProps = {
  /** `live` is drawn solid, `test` striped: told apart without colour. */
  kind: 'live' | 'test'
  /** The word: "Production", "Sandbox". */
  children: ReactNode
  className?: string | undefined
}

/** Which environment a thing belongs to. */
export function EnvironmentBadge({ kind, children, className }: EnvironmentProps) {
  const Icon = kind === 'live' ? ShieldCheck : FlaskConical
  return (
    <span
      data-slot="environment-badge"
      data-kind={kind}
      className={cn(
        'inline-flex w-fit shrink-0 items-center rounded-sm border text-xs leading-5 font-semibold whitespace-nowrap',
        kind === 'live' ? 'border-brand bg-brand text-sidebar-foreground' : 'border-warning-line stripes text-warning-text',
        className,
      )}
    >
      <span className={cn('inline-flex items-center gap-1 px-1.5', kind === 'test' && 'mx-1.5 bg-warning-subtle px-1')}>
        <Icon aria-hidden className="size-3" />
        {children}
      </span>
    </span>
  )
}

/** The same across the top of a page, where a mistake would be dear. */
export function EnvironmentStrip({ kind, children, className }: EnvironmentProps) {
  const Icon = kind === 'live' ? ShieldCheck : FlaskConical
  return (
    <div
      data-slot="environment-strip"
      data-kind={kind}
      className={cn(
        'flex h-6 justify-center text-xs font-medium',
        kind === 'live' ? 'bg-brand text-sidebar-foreground' : 'border-b border-warning-line stripes text-warning-text',
        className,
      )}
    >
      <p className={cn('flex min-w-0 items-center gap-1.5 px-3', kind === 'test' && 'bg-warning-subtle')}>
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{children}</span>
      </p>
    </div>
  )
}
