'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { isCurrent } from './is-current'
import { cn } from './ui/cn'

export type NavItem = {
  href: string
  label: string
  icon: ReactNode
  /** Without it, the address in the browser decides. */
  current?: boolean | undefined
  /** A count that asks for attention. */
  badge?: ReactNode
}

export type NavLinksProps = { items: readonly NavItem[] }

/** The links of the side bar; the current one is marked for eyes and screen readers. */
export function NavLinks({ items }: NavLinksProps) {
  const pathname = usePathname()
  return (
    <ul className="flex flex-col gap-0.5">
      {items.map((item) => {
        const current = item.current ?? isCurrent(item.href, pathname)
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={current ? 'page' : undefined}
              className={cn(
                'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium transition-colors touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0',
                current
                  ? 'bg-sidebar-current text-sidebar-foreground [&>svg]:text-brass'
                  : 'text-sidebar-muted hover:bg-sidebar-hover hover:text-sidebar-foreground',
              )}
            >
              {item.icon}
              <span className="min-w-0 flex-1 truncate">{item.label}</span>
              {item.badge !== undefined && item.badge !== null && (
                <span className="rounded-full bg-brass px-1.5 text-xs leading-5 font-semibold text-sidebar tabular-nums">{item.badge}</span>
              )}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
