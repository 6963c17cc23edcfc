import { cn } from './ui/cn'

/** Keyrack's sign: a rack with two free pegs and one brass key. Decoration: the name stands beside it. */
export function BrandMark({ className }: { className?: string | undefined }) {
  return (
    <svg data-slot="brand-mark" aria-hidden viewBox="0 0 32 32" className={cn('size-8 shrink-0', className)}>
      <rect width="32" height="32" rx="7.5" className="fill-brand" />
      <g fill="none" strokeLinecap="round" strokeLinejoin="round">
        <path strokeWidth="2.4" d="M5.8 7.2h20.4M8.6 7.2v4.6M23.4 7.2v4.6" className="stroke-sidebar-foreground" />
        <g strokeWidth="2.6" className="stroke-brass">
          <path d="M16 7.2v2.6M16 17.6v8.2M16 25.8h3.6M16 21.6h2.6" />
          <circle cx="16" cy="13.7" r="3.9" />
        </g>
      </g>
    </svg>
  )
}
