'use client'

import { ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from './ui/avatar'
import { cn } from './ui/cn'
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from './ui/dropdown-menu'

export type UserMenuProps = {
  name: string
  /** Mail address or role. */
  detail: string
  /** Accessible name of the button; `{name}` is replaced. */
  label?: string | undefined
  /** DropdownMenuItem and its kin. */
  children: ReactNode
  /** Avatar only, as in the top bar of a phone. */
  compact?: boolean | undefined
  className?: string | undefined
}

/** Who is signed in, and what they may do about it. */
export function UserMenu({ name, detail, label = 'Account of {name}', children, compact = false, className }: UserMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={label.replace('{name}', name)}
        className={cn(
          'flex min-h-11 items-center gap-2.5 rounded-md text-left transition-colors',
          compact ? 'min-w-11 justify-center' : 'w-full px-2 py-1.5 hover:bg-sidebar-hover data-[state=open]:bg-sidebar-hover',
          className,
        )}
      >
        <Avatar name={name} />
        {!compact && (
          <>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-medium text-sidebar-foreground">{name}</span>
              <span className="truncate text-xs text-sidebar-muted">{detail}</span>
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-sidebar-muted" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align={compact ? 'end' : 'start'} className="w-60">
        {compact && (
          <p className="flex flex-col px-2.5 py-1.5">
            <span className="truncate font-medium">{name}</span>
            <span className="truncate text-xs text-muted">{detail}</span>
          </p>
        )}
        {children}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
