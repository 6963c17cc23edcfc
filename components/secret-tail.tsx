import { cn } from './ui/cn'

export type SecretTailProps = {
  /** The last four characters. */
  last4: string
  /** What may be shown of the beginning, such as `krk_`. */
  prefix?: string | undefined
  /** For screen readers; `{last4}` is replaced. */
  label?: string | undefined
  className?: string | undefined
}

/** A secret that is not shown again: its last four characters. */
export function SecretTail({ last4, prefix = '', label = 'Secret ending in {last4}', className }: SecretTailProps) {
  return (
    <span data-slot="secret-tail" className={cn('font-mono text-[0.8125rem] whitespace-nowrap', className)}>
      <span aria-hidden>
        {prefix}
        <span className="tracking-wider text-subtle">••••</span>
        {last4}
      </span>
      <span className="sr-only">{label.replace('{last4}', Array.from(last4).join(' '))}</span>
    </span>
  )
}
