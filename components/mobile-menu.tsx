'use client'

import { Menu, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { Backdrop } from './ui/backdrop'
import { Button } from './ui/button'

export type MobileMenuProps = {
  labels: { openMenu: string; closeMenu: string; navigation: string }
  organization?: ReactNode
  children: ReactNode
}

/** The slide-over menu of phones. It belongs to one address, so it closes when a link was followed. */
export function MobileMenu({ labels, organization, children }: MobileMenuProps) {
  const pathname = usePathname()
  const [openAt, setOpenAt] = useState<string | null>(null)
  return (
    <Dialog.Root open={openAt === pathname} onOpenChange={(open) => setOpenAt(open ? pathname : null)}>
      <Dialog.Trigger asChild>
        <Button variant="ghost" size="icon" aria-label={labels.openMenu} className="text-sidebar-foreground hover:bg-sidebar-hover">
          <Menu aria-hidden />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Backdrop />
        <Dialog.Content
          data-slot="mobile-menu"
            aria-describedby={undefined}
          className="sidebar-scope fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col bg-sidebar text-sidebar-foreground shadow-lg outline-none data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in"
        >
          <div className="flex items-center justify-between gap-2 border-b border-sidebar-line py-1.5 pr-2 pl-4">
            <Dialog.Title className="sr-only">{labels.navigation}</Dialog.Title>
            <div className="min-w-0 flex-1 text-[0.8125rem]">{organization}</div>
            <Dialog.Close asChild>
              <Button variant="ghost" size="icon" aria-label={labels.closeMenu} className="text-sidebar-foreground hover:bg-sidebar-hover">
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </div>
          <nav aria-label={labels.navigation} className="flex min-h-0 flex-1 flex-col overflow-y-auto p-3">
            {children}
          </nav>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
