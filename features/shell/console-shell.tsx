'use client'

import { ArrowRightLeft, Hourglass, KeyRound, KeySquare, LayoutDashboard, Link2, ListTree, PlugZap, ScrollText, Search, Settings } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useCallback, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { AppShell } from '@/components/app-shell'
import type { NavItem } from '@/components/nav-links'
import { ThemeToggle } from '@/components/theme-toggle'
import { Button } from '@/components/ui/button'
import { pages } from '@/contracts/paths'
import { roleMay, type Permission } from '@/contracts/permissions'
import { SearchDialog } from '../search/search-dialog'
import { useSlash } from '../search/use-slash'
import { AccountMenu } from './account-menu'
import { OrganizationSwitcher } from './organization-switcher'
import type { Person } from './person'
import { SessionWatch } from './session-watch'

/** Navigation, organization, account and theme around a signed-in page; what a role may not see is absent. */
export function ConsoleShell({ person, children }: { person: Person; children: ReactNode }) {
  const t = useTranslations('shell')
  const pathname = usePathname()
  const [isSearching, setSearching] = useState(false)
  const openSearch = useCallback(() => setSearching(!person.mustEnrol), [person.mustEnrol])
  useSlash(openSearch)
  const all: readonly (NavItem & { permission: Permission })[] = [
    { href: pages.overview(), label: t('nav.overview'), icon: <LayoutDashboard aria-hidden />, permission: 'connections:read' },
    { href: pages.connections(), label: t('nav.connections'), icon: <PlugZap aria-hidden />, permission: 'connections:read' },
    { href: pages.runway(), label: t('nav.runway'), icon: <Hourglass aria-hidden />, permission: 'connections:read' },
    { href: pages.links(), label: t('nav.links'), icon: <Link2 aria-hidden />, permission: 'links:send' },
    { href: pages.apiClients(), label: t('nav.apiClients'), icon: <KeyRound aria-hidden />, permission: 'api-clients:read' },
    { href: pages.keyMigrations(), label: t('nav.migrations'), icon: <ArrowRightLeft aria-hidden />, permission: 'key-migrations:run' },
    { href: pages.machineKeys(), label: t('nav.machineKeys'), icon: <KeySquare aria-hidden />, permission: 'machine-keys:manage' },
    { href: pages.operations(), label: t('nav.operations'), icon: <ListTree aria-hidden />, permission: 'operations:read' },
    { href: pages.auditLog(), label: t('nav.auditLog'), icon: <ScrollText aria-hidden />, permission: 'audit:read' },
  ]
  const labels = {
    skip: t('skip'),
    navigation: t('nav.label'),
    openMenu: t('nav.open'),
    closeMenu: t('nav.close'),
    brand: t('brand'),
    environment: t('environment'),
  }
  return (
    <AppShell
      nav={person.mustEnrol ? [] : all.filter((item) => roleMay(person.role, item.permission))}
      secondaryNav={[{ href: pages.sessions(), label: t('nav.settings'), current: pathname.startsWith('/settings/'), icon: <Settings aria-hidden /> }]}
      homeHref={pages.overview()}
      organization={<OrganizationSwitcher person={person} />}
      userMenu={<AccountMenu person={person} />}
      userMenuCompact={<AccountMenu person={person} compact />}
      tools={
        <span className="flex items-center">
          {!person.mustEnrol && <SearchButton onOpen={openSearch} />}
          <SidebarThemeToggle />
        </span>
      }
      labels={labels}
    >
      <SessionWatch person={person} />
      {children}
      <SearchDialog open={isSearching} onOpenChange={setSearching} />
    </AppShell>
  )
}

function SearchButton({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations('search')
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={t('open')}
      aria-keyshortcuts="/"
      onClick={onOpen}
      className="text-sidebar-muted hover:bg-sidebar-hover hover:text-sidebar-foreground"
    >
      <Search aria-hidden />
    </Button>
  )
}

function SidebarThemeToggle() {
  const t = useTranslations('shell')
  return (
    <ThemeToggle
      labels={{ theme: t('theme.theme'), light: t('theme.light'), dark: t('theme.dark'), system: t('theme.system') }}
      className="text-sidebar-muted hover:bg-sidebar-hover hover:text-sidebar-foreground"
    />
  )
}
