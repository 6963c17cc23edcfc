import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { NewMigrationScreen } from '@/features/key-migrations/new-migration-screen'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'

export const metadata: Metadata = { title: translator('keyMigrations')('new.title') }

export default async function NewMigrationPage() {
  const viewer = await loadPageData(() => requirePageViewer('key-migrations:run'))
  const { items } = await loadPageData(() => listApiClients(viewer))
  return <NewMigrationScreen clients={items.map(({ id, name, clientId, environment, upstream }) => ({ id, name, clientId, environment, upstream }))} />
}
