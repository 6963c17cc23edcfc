import type { ReactNode } from 'react'
import { SettingsNav } from '@/features/shell/settings-nav'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { loadPageData } from '../../load-page-data'

/** The pages under Settings, one beside the other. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { role } = await loadPageData(() => requirePageViewer('account:own'))
  return (
    <>
      <SettingsNav role={role} />
      {children}
    </>
  )
}
