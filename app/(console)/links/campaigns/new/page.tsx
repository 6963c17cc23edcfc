import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { NewCampaignScreen } from '@/features/campaigns/new-campaign-screen'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'

export const metadata: Metadata = { title: translator('campaigns')('new.title') }

export default async function NewCampaignPage() {
  const viewer = await loadPageData(() => requirePageViewer('campaigns:run'))
  const { items } = await loadPageData(() => listApiClients(viewer))
  return <NewCampaignScreen apiClients={items.map(({ id, name }) => ({ id, name }))} />
}
