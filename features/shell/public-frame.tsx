import type { ReactNode } from 'react'
import { EntryShell } from '@/components/entry-shell'
import { ThemeToggle } from '@/components/theme-toggle'
import { translator } from '@/messages/translator'

export type PublicFrameProps = { title: string; description?: ReactNode; children: ReactNode }

/** The frame of the pages that need no session. */
export function PublicFrame({ title, description, children }: PublicFrameProps) {
  const t = translator('shell')
  const theme = { theme: t('theme.theme'), light: t('theme.light'), dark: t('theme.dark'), system: t('theme.system') }
  return (
    <EntryShell title={title} description={description} brand={t('brand')} tools={<ThemeToggle labels={theme} />}>
      {children}
    </EntryShell>
  )
}
