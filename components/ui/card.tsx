import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A group of things that belong together. Parts: CardHeader (CardTitle, CardDescription, CardAction), CardContent, CardFooter. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section data-slot="card" className={cn('min-w-0 rounded-lg border bg-surface shadow-xs', className)} {...props} />
}

export function CardHeader({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="card-header"
      className={cn(
        'grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-0.5 px-4 pt-4 pb-3 sm:px-5 [&>[data-slot=card-action]]:col-start-2 [&>[data-slot=card-action]]:row-start-1 sm:[&>[data-slot=card-action]]:row-end-3',
        className,
      )}
      {...props}
    />
  )
}

export function CardTitle({ className, children, ...props }: ComponentProps<'h2'>) {
  return (
    <h2 data-slot="card-title" className={cn('col-start-1 text-[0.9375rem] font-semibold', className)} {...props}>
      {children}
    </h2>
  )
}

export function CardDescription({ className, ...props }: ComponentProps<'p'>) {
  return <p data-slot="card-description" className={cn('col-start-1 text-[0.8125rem] text-muted max-sm:col-span-2', className)} {...props} />
}

export function CardAction({ className, ...props }: ComponentProps<'div'>) {
  return <div data-slot="card-action" className={cn('flex items-center gap-2', className)} {...props} />
}

export function CardContent({ className, ...props }: ComponentProps<'div'>) {
  return <div data-slot="card-content" className={cn('px-4 pb-4 sm:px-5 sm:pb-5', className)} {...props} />
}

export function CardFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="card-footer"
      className={cn('flex flex-wrap items-center justify-end gap-2 rounded-b-lg border-t bg-sunken px-4 py-3 sm:px-5', className)}
      {...props}
    />
  )
}
