import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { ImportContactsScreen } from '@/features/contacts/import-contacts-screen'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'

export const metadata: Metadata = { title: translator('contacts')('title') }

export default async function ImportContactsPage() {
  await loadPageData(() => requirePageViewer('contacts:write'))
  return <ImportContactsScreen />
}
