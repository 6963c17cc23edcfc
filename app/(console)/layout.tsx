import type { ReactNode } from 'react'
import { ConsoleShell } from '@/features/shell/console-shell'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { loadPageData } from '../load-page-data'

/** The frame of every signed-in page. Each page asks for its viewer itself: a layout is not run again on navigation. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { name, email, role, organizationName } = await loadPageData(requirePageViewer)
  return <ConsoleShell person={{ name, email, role, organizationName }}>{children}</ConsoleShell>
}
