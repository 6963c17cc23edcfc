import type { ReactNode } from 'react'
import { cn } from './ui/cn'

export type EmptyStateProps = {
  icon: ReactNode
  title: ReactNode
  /** What belongs here, and why there is none yet. */
  children: ReactNode
  /** The next step. */
  action?: ReactNode
  className?: string | undefined
}

/** Nothing here yet: says what belongs here and offers the next step. */
export function EmptyState({ icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div data-slot="empty-state" className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      <div
        aria-hidden
        className="mb-4 grid size-12 place-items-center rounded-xl border border-accent-line bg-accent-subtle text-accent-text [&_svg]:size-5"
      >
        {icon}
      </div>
      <h2 className="text-base font-semibold text-balance">{title}</h2>
      <div className="mt-1 max-w-md text-pretty text-muted">{children}</div>
      {action !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
