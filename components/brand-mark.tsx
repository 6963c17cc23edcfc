import { cn } from './ui/cn'

/** Keyrack's sign: three keys on a rack, the middle one in brass. Decoration: the name stands beside it. */
export function BrandMark({ className }: { className?: string | undefined }) {
  return (
    <svg data-slot="brand-mark" aria-hidden viewBox="0 0 32 32" className={cn('size-8 shrink-0', className)}>
      <rect width="32" height="32" rx="7.5" className="fill-accent dark:fill-accent-subtle" />
      <g fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" className="stroke-sidebar-foreground">
        <path d="M5.5 7.5h21" />
        <path d="M8.5 7.5v3.2M23.5 7.5v3.2" />
        <circle cx="8.5" cy="13" r="2.3" />
        <path d="M8.5 15.3v6.2M8.5 19h2" />
        <circle cx="23.5" cy="13" r="2.3" />
        <path d="M23.5 15.3v6.2M23.5 19h-2" />
      </g>
      <g fill="none" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" className="stroke-brass">
        <path d="M16 7.5v3.4" />
        <circle cx="16" cy="13.7" r="2.8" />
        <path d="M16 16.5v9.2M16 25.7h2.6M16 21.9h2" />
      </g>
    </svg>
  )
}
