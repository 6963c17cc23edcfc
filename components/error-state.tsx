import { CircleAlert, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CopyLabels } from './copy-button'
import { RequestId } from './request-id'
import { cn } from './ui/cn'

export type ErrorStateProps = {
  /** What happened. */
  title: ReactNode
  children?: ReactNode
  /** Who has to act: "Your turn", "The hotelier has to act", … */
  turn?: ReactNode
  /** What to do next, in words. */
  next?: ReactNode
  /** Buttons: retry first. */
  actions?: ReactNode
  requestId?: string | undefined
  requestIdLabel?: string | undefined
  copyLabels?: Partial<CopyLabels> | undefined
  /** `page` fills the place of the content, `inline` sits above it. */
  variant?: 'page' | 'inline' | undefined
  className?: string | undefined
}

/** Something failed: what happened, whose turn it is, what to do next, and the request id. */
export function ErrorState(props: ErrorStateProps) {
  const { title, children, turn, next, actions, requestId, requestIdLabel, copyLabels, variant = 'page', className } = props
  return (
    <section
      data-slot="error-state"
      role="alert"
      className={cn(
        'flex gap-4 rounded-lg border border-danger-line bg-surface',
        variant === 'page' ? 'mx-auto w-full max-w-xl flex-col p-6 shadow-xs sm:flex-row sm:p-8' : 'p-4',
        className,
      )}
    >
      <span aria-hidden className="grid size-9 shrink-0 place-items-center rounded-lg bg-danger-subtle text-danger-text">
        <CircleAlert className="size-5" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div>
          <h2 className="text-base font-semibold text-balance">{title}</h2>
          {children !== undefined && <div className="mt-1 text-pretty text-muted">{children}</div>}
        </div>
        {(turn !== undefined || next !== undefined) && (
          <div className="flex flex-col gap-1 border-l-2 border-danger-line pl-3">
            {turn !== undefined && (
              <p className="flex items-center gap-1.5 font-medium">
                <UserRound aria-hidden className="size-4 text-muted" />
                {turn}
              </p>
            )}
            {next !== undefined && <div className="text-pretty text-muted">{next}</div>}
          </div>
        )}
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        {requestId !== undefined && <RequestId id={requestId} label={requestIdLabel} copyLabels={copyLabels} />}
      </div>
    </section>
  )
}
