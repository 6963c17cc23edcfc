import Link from 'next/link'
import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark'
import { MobileMenu } from './mobile-menu'
import { NavLinks, type NavItem } from './nav-links'
import { cn } from './ui/cn'

export type AppShellLabels = { skip: string; navigation: string; openMenu: string; closeMenu: string; brand: string; environment: string }

export const APP_SHELL_LABELS: AppShellLabels = {
  skip: 'Skip to content',
  navigation: 'Main',
  openMenu: 'Open menu',
  closeMenu: 'Close menu',
  brand: 'Keyrack',
  environment: 'Environment',
}

export type AppShellProps = {
  nav: readonly NavItem[]
  /** Quieter entries at the foot: settings, help. */
  secondaryNav?: readonly NavItem[] | undefined
  homeHref?: string | undefined
  /** Name of the organization, or its switcher. */
  organization?: ReactNode
  /** UserMenu, for the side bar. */
  userMenu?: ReactNode
  /** UserMenu `compact`, for a phone's top bar. */
  userMenuCompact?: ReactNode
  /** Small controls beside the brand: ThemeToggle. */
  tools?: ReactNode
  /** EnvironmentStrip: one line, always in sight. */
  environment?: ReactNode
  labels?: Partial<AppShellLabels> | undefined
  children: ReactNode
}

/** The frame of every signed-in page: side bar from 1024 px on, below that a top bar with a slide-over menu. */
export function AppShell(props: AppShellProps) {
  const { nav, secondaryNav = [], homeHref = '/', organization, userMenu, userMenuCompact, tools, environment, children } = props
  const words = { ...APP_SHELL_LABELS, ...props.labels }
  const links = (
    <>
      <NavLinks items={nav} />
      {secondaryNav.length > 0 && (
        <div className="mt-auto pt-6">
          <NavLinks items={secondaryNav} />
        </div>
      )}
    </>
  )
  return (
    <div data-slot="app-shell" className={cn('flex min-h-dvh flex-col', environment === undefined ? '[--strip:0rem]' : '[--strip:1.5rem]')}>
      <a
        href="#content"
        className="sr-only z-70 rounded-md bg-accent px-4 py-2 font-medium text-accent-foreground focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:px-4 focus:py-2"
      >
        {words.skip}
      </a>
      {environment !== undefined && (
        <aside aria-label={words.environment} className="sticky top-0 z-40 h-(--strip) overflow-hidden">
          {environment}
        </aside>
      )}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <header className="sidebar-scope sticky top-(--strip) z-30 hidden h-[calc(100dvh-var(--strip))] w-60 shrink-0 flex-col border-r border-sidebar-line bg-sidebar text-sidebar-foreground lg:flex">
          <div className="flex items-center justify-between gap-2 px-4 pt-4 pb-3">
            <Brand href={homeHref} name={words.brand} />
            {tools}
          </div>
          {organization !== undefined && <div className="mx-4 border-b border-sidebar-line pb-3 text-[0.8125rem]">{organization}</div>}
          <nav aria-label={words.navigation} className="flex min-h-0 flex-1 flex-col overflow-y-auto px-3 py-3">
            {links}
          </nav>
          {userMenu !== undefined && <div className="border-t border-sidebar-line p-2">{userMenu}</div>}
        </header>
        <header className="sidebar-scope sticky top-(--strip) z-40 flex h-14 items-center gap-1 border-b border-sidebar-line bg-sidebar px-2 text-sidebar-foreground lg:hidden">
          <MobileMenu labels={words} organization={organization}>
            {links}
          </MobileMenu>
          <Brand href={homeHref} name={words.brand} />
          <div className="ml-auto flex items-center">
            {tools}
            {userMenuCompact}
          </div>
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <div className="mx-auto flex w-full max-w-7xl flex-col gap-6 px-4 py-6 sm:px-6 lg:px-10 lg:py-8">{children}</div>
        </main>
      </div>
    </div>
  )
}

function Brand({ href, name }: { href: string; name: string }) {
  return (
    <Link href={href} className="flex min-h-9 items-center gap-2.5 rounded-md text-[0.9375rem] font-semibold tracking-tight touch:min-h-11">
      <BrandMark className="size-7" />
      {name}
    </Link>
  )
}
