'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useServerClock } from '@/components/use-server-clock'
import type { ApiClientDetail } from '@/contracts/api-clients'
import type { IpWhitelist } from '@/contracts/ip-whitelists'
import { roleMay, type Role } from '@/contracts/permissions'
import { CheckCard } from '../address-lists/check-card'
import { CoverageCard } from '../address-lists/coverage-card'
import { ListCard } from '../address-lists/list-card'
import { ReviewAlert } from '../address-lists/review-alert'
import { ApiClientFrame } from '../api-clients/api-client-frame'
import { apiClientQueries } from '../api-clients/queries'
import { LastCallsCard } from '../exchanges/last-calls-card'
import { LettersCard } from '../letters/letters-card'
import { ProblemState } from '../problem-state'
import { ipWhitelistCalls } from './ip-whitelist-calls'
import { OtherListNote } from './other-list-note'
import { ipWhitelistQueries } from './queries'
import { RisksCard } from './risks-card'
import { ServersCard } from './servers-card'
import { StateCard } from './state-card'
import { VerifyCard } from './verify-card'

type IpWhitelistScreenProps = { apiClientId: string; now: string; role: Role }

/** What Octorate should let in for one API client, how far it is there, and what it means. */
export function IpWhitelistScreen({ apiClientId, now, role }: IpWhitelistScreenProps) {
  const t = useTranslations('ipWhitelists')
  const apiClient = useQuery(apiClientQueries.detail(apiClientId))
  const { data: list, error, isFetching, refetch } = useQuery(ipWhitelistQueries.list(apiClientId))
  useServerClock(now)
  return (
    <>
      {apiClient.data !== undefined && <ApiClientFrame apiClient={apiClient.data} role={role} section={t('title')} />}
      {error !== null && <ProblemState error={error} variant={list === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {list !== undefined && apiClient.data !== undefined && <Content apiClient={apiClient.data} list={list} now={now} role={role} />}
    </>
  )
}

function Content({ apiClient, list, now, role }: { apiClient: ApiClientDetail; list: IpWhitelist; now: string; role: Role }) {
  const { id } = apiClient
  const calls = useMemo(() => ipWhitelistCalls(id), [id])
  return (
    <>
      <OtherListNote />
      <ReviewAlert calls={calls} entries={list.entries} />
      <StateCard apiClientId={id} list={list} now={now} />
      <LettersCard apiClient={apiClient} kinds={['ip_whitelist']} now={now} mayWrite={roleMay(role, 'api-clients:write')} />
      <ListCard calls={calls} list={list} kind="whitelist" mayBeWide={roleMay(role, 'ip-whitelists:wide')} now={now} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <CoverageCard coverage={list.coverage} />
          <CheckCard calls={calls} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <VerifyCard apiClientId={id} list={list} now={now} />
          <ServersCard apiClientId={id} propertyId={list.properties[0]?.propertyId ?? null} />
        </div>
      </div>
      <LastCallsCard apiClientId={id} act="ip_whitelist" now={now} />
      <RisksCard />
    </>
  )
}
