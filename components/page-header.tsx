import type { ReactNode } from 'react'
import { Breadcrumb, type BreadcrumbItem } from './ui/breadcrumb'
import { cn } from './ui/cn'

export type PageHeaderProps = {
  title: ReactNode
  description?: ReactNode
  breadcrumb?: readonly BreadcrumbItem[] | undefined
  breadcrumbLabel?: string | undefined
  /** Small things beside the title: a status, an environment badge. */
  badges?: ReactNode
  /** The one primary action. */
  action?: ReactNode
  /** Quieter actions, before the primary one. */
  secondary?: ReactNode
  className?: string | undefined
}

/** The top of every page: where one is, what it is for, what one can do. */
export function PageHeader(props: PageHeaderProps) {
  const { title, description, breadcrumb, breadcrumbLabel, badges, action, secondary, className } = props
  const hasActions = action !== undefined || secondary !== undefined
  return (
    <header data-slot="page-header" className={cn('flex flex-col gap-2', className)}>
      {breadcrumb !== undefined && <Breadcrumb items={breadcrumb} label={breadcrumbLabel} />}
      <div className="flex flex-col gap-x-6 gap-y-4 sm:flex-row sm:items-start sm:justify-between">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="text-[1.375rem] leading-8 font-semibold tracking-tight text-balance wrap-anywhere">{title}</h1>
            {badges}
          </div>
          {description !== undefined && <div className="mt-0.5 max-w-prose text-muted">{description}</div>}
        </div>
        {hasActions && (
          <div className="flex shrink-0 flex-wrap items-center gap-2">
            {secondary}
            {action !== undefined && <div className="flex max-sm:grow max-sm:[&>*]:grow">{action}</div>}
          </div>
        )}
      </div>
    </header>
  )
}
