import type { ReactNode } from 'react'
import { ConsoleShell } from '@/features/shell/console-shell'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listChoices } from '@/server/organizations/list-choices'
import { loadPageData } from '../load-page-data'

/** The frame of every signed-in page. Each page asks for its viewer itself: a layout is not run again on navigation. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { viewer, choices } = await loadPageData(async () => {
    const viewer = await requirePageViewer('account:own')
    return { viewer, choices: await listChoices(viewer) }
  })
  const { userId, organizationId, name, email, role, mustEnrol, organizationName } = viewer
  return (
    <ConsoleShell person={{ id: userId, organizationId, name, email, role, mustEnrol, organizationName, choices }}>{children}</ConsoleShell>
  )
}
