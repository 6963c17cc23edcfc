'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from './ui/cn'

export type SectionNavProps = { items: readonly { href: string; label: string }[]; label: string; className?: string | undefined }

/** The pages of one thing, one under the other in the address: looks like tabs, and each can be linked to. */
export function SectionNav({ items, label, className }: SectionNavProps) {
  const pathname = usePathname()
  return (
    <nav data-slot="section-nav" aria-label={label} className={cn('min-w-0', className)}>
      <ul className="flex flex-wrap gap-x-5 border-b px-0.5">
        {items.map(({ href, label: text }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === pathname ? 'page' : undefined}
              className={cn(
                '-mb-px inline-flex items-center rounded-t-xs border-b-2 px-0.5 pt-1 pb-2 text-sm font-medium transition-colors hover:text-foreground touch:min-h-11',
                href === pathname ? 'border-accent text-foreground' : 'border-transparent text-muted',
              )}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
