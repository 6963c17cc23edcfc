import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark'

export type EntryShellProps = {
  title: ReactNode
  description?: ReactNode
  /** Usually a form. */
  children: ReactNode
  /** Under the card: a link, a remark. */
  footer?: ReactNode
  /** In the upper corner: ThemeToggle. */
  tools?: ReactNode
  brand?: string | undefined
}

/** The frame of the pages before one is signed in: one thing to do, in the middle. */
export function EntryShell({ title, description, children, footer, tools, brand = 'Keyrack' }: EntryShellProps) {
  return (
    <div data-slot="entry-shell" className="flex min-h-dvh flex-col">
      <header className="flex h-16 items-center justify-between px-4 sm:px-6">
        <span className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
          <BrandMark />
          {brand}
        </span>
        {tools}
      </header>
      <main className="flex flex-1 flex-col items-center px-4 pt-[max(1rem,8vh)] pb-12">
        <div className="w-full max-w-md rounded-xl border bg-surface p-5 shadow-sm sm:p-8">
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
          {description !== undefined && <div className="mt-1 text-pretty text-muted">{description}</div>}
          <div className="mt-6">{children}</div>
        </div>
        {footer !== undefined && <div className="mt-5 max-w-md text-center text-[0.8125rem] text-muted">{footer}</div>}
      </main>
    </div>
  )
}
