import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { PageHeader } from '@/components/page-header'
import { Alert } from '@/components/ui/alert'
import { pages } from '@/contracts/paths'
import { XrayScreen } from '@/features/xray/xray-screen'
import { translator } from '@/messages/translator'
import { listUpstreams } from '@/server/api-clients/list-upstreams'
import { requirePageViewer } from '@/server/auth/require-page-viewer'

const t = translator('xray')
const apiClients = translator('apiClients')

export const metadata: Metadata = { title: t('title') }

export default async function XrayPage() {
  const viewer = await loadPageData(() => requirePageViewer('api-clients:write'))
  const [first, ...rest] = listUpstreams()
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: apiClients('title'), href: pages.apiClients() }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
      />
      {first === undefined ? (
        <Alert tone="warning" title={apiClients('new.noUpstream')}>
          {apiClients('new.noUpstreamText')}
        </Alert>
      ) : (
        <XrayScreen upstreams={[first, ...rest]} role={viewer.role} />
      )}
    </>
  )
}
