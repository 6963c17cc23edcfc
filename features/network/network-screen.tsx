'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { Button } from '@/components/ui/button'
import { ProblemState } from '../problem-state'
import { CountingAlert } from './counting-alert'
import { HopsCard } from './hops-card'
import { networkQueries } from './queries'
import { TrustedProxiesCard } from './trusted-proxies-card'

/** How the address of the person's own request was found, hop by hop, and what is trusted on the way. */
export function NetworkScreen() {
  const t = useTranslations('network')
  const { data, error, isFetching, refetch } = useQuery(networkQueries.clientAddress())
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
        action={
          <Button loading={isFetching} onClick={() => void refetch()}>
            {t('retry')}
          </Button>
        }
      />
      {error !== null && <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {data !== undefined && (
        <>
          <CountingAlert report={data} />
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <HopsCard hops={data.hops} />
            <TrustedProxiesCard trustedProxies={data.trustedProxies} />
          </div>
        </>
      )}
    </>
  )
}
