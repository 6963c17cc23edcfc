import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { Alert } from '@/components/ui/alert'
import { loadPageData } from '@/app/load-page-data'
import { pages } from '@/contracts/paths'
import { RegisterForm } from '@/features/api-clients/register-form'
import { translator } from '@/messages/translator'
import { listUpstreams } from '@/server/api-clients/list-upstreams'
import { requirePageViewer } from '@/server/auth/require-page-viewer'

const t = translator('apiClients')

export const metadata: Metadata = { title: t('new.title') }

export default async function NewApiClientPage() {
  const viewer = await loadPageData(() => requirePageViewer('api-clients:write'))
  const [first, ...rest] = listUpstreams()
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('title'), href: pages.apiClients() }, { label: t('new.title') }]}
        title={t('new.title')}
        description={t('new.description')}
      />
      {first === undefined ? (
        <Alert tone="warning" title={t('new.noUpstream')}>
          {t('new.noUpstreamText')}
        </Alert>
      ) : (
        <RegisterForm upstreams={[first, ...rest]} role={viewer.role} />
      )}
    </>
  )
}
