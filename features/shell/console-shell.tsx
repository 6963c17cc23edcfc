'use client'

import { Building2, KeyRound, KeySquare, LayoutDashboard, PlugZap, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { AppShell } from '@/components/app-shell'
import type { NavItem } from '@/components/nav-links'
import { ThemeToggle } from '@/components/theme-toggle'
import { pages } from '@/contracts/paths'
import { roleMay, type Permission } from '@/contracts/permissions'
import { AccountMenu } from './account-menu'
import type { Person } from './person'

/** Navigation, organization, account and theme around a signed-in page; what a role may not see is absent. */
export function ConsoleShell({ person, children }: { person: Person; children: ReactNode }) {
  const t = useTranslations('shell')
  const all: readonly (NavItem & { permission: Permission })[] = [
    { href: pages.overview(), label: t('nav.overview'), icon: <LayoutDashboard aria-hidden />, permission: 'connections:read' },
    { href: pages.connections(), label: t('nav.connections'), icon: <PlugZap aria-hidden />, permission: 'connections:read' },
    { href: pages.apiClients(), label: t('nav.apiClients'), icon: <KeyRound aria-hidden />, permission: 'api-clients:read' },
    { href: pages.machineKeys(), label: t('nav.machineKeys'), icon: <KeySquare aria-hidden />, permission: 'machine-keys:manage' },
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
      nav={all.filter((item) => roleMay(person.role, item.permission))}
      secondaryNav={[{ href: pages.sessions(), label: t('nav.settings'), icon: <Settings aria-hidden /> }]}
      homeHref={pages.overview()}
      organization={<OrganizationName name={person.organizationName} label={t('organization')} />}
      userMenu={<AccountMenu person={person} />}
      userMenuCompact={<AccountMenu person={person} compact />}
      tools={<SidebarThemeToggle />}
      labels={labels}
    >
      {children}
    </AppShell>
  )
}

function OrganizationName({ name, label }: { name: string; label: string }) {
  return (
    <p className="flex min-w-0 items-center gap-2 text-sidebar-muted">
      <Building2 aria-hidden className="size-4 shrink-0" />
      <span className="sr-only">{label}: </span>
      <span className="truncate font-medium text-sidebar-foreground" title={name}>
        {name}
      </span>
    </p>
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
