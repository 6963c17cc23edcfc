import type { ComponentProps } from 'react'
import { cn } from './cn'
import { TONE_SUBTLE, type Tone } from './tone'

/** A short word about a thing: a count, a kind, a scope. A state belongs in StatusPill. */
export function Badge({ tone = 'neutral', className, ...props }: ComponentProps<'span'> & { tone?: Tone | undefined }) {
  return (
    <span
      data-slot="badge"
      className={cn(
        'inline-flex w-fit shrink-0 items-center gap-1 rounded-sm border px-1.5 text-xs leading-5 font-medium whitespace-nowrap [&_svg]:size-3',
        TONE_SUBTLE[tone],
        className,
      )}
      {...props}
    />
  )
}
