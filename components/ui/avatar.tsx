import { cn } from './cn'
import { initialsOf } from './initials'

/** Initials of a person or an organization in a disc; decoration beside the written name. */
export function Avatar({ name, square = false, className }: { name: string; square?: boolean | undefined; className?: string | undefined }) {
  return (
    <span
      data-slot="avatar"
      aria-hidden
      className={cn(
        'inline-grid size-8 shrink-0 place-items-center border border-accent-line bg-accent-subtle text-xs font-semibold text-accent-text select-none',
        square ? 'rounded-md' : 'rounded-full',
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
