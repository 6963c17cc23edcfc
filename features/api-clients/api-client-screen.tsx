'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { roleMay, type Role } from '@/contracts/permissions'
import { FreezeBanners } from '../freezes/freeze-banners'
import { FreezeButton } from '../freezes/freeze-button'
import { MigrateCard } from '../key-migrations/migrate-card'
import { LettersCard } from '../letters/letters-card'
import { ProblemState } from '../problem-state'
import { AddressesCard } from './addresses-card'
import { AdminTokenCard } from './admin-token-card'
import { ApiClientFrame } from './api-client-frame'
import { CallbackCard } from './callback-card'
import { DeleteCard } from './delete-card'
import { EditDialog } from './edit-dialog'
import { FactsCard } from './facts-card'
import { apiClientQueries } from './queries'

export type ApiClientScreenProps = {
  id: string
  /** The server's instant of rendering. */
  now: string
  role: Role
}

/** One API client: what it is, what it calls, and where its consents come back. */
export function ApiClientScreen({ id, now, role }: ApiClientScreenProps) {
  const { data, error, isFetching, refetch } = useQuery(apiClientQueries.detail(id))
  return (
    <>
      {error !== null && (
        <ProblemState
          error={error}
          variant={data === undefined ? 'page' : 'inline'}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data !== undefined && <Content apiClient={data} now={now} role={role} />}
    </>
  )
}

function Content({ apiClient, now, role }: { apiClient: ApiClientDetail; now: string; role: Role }) {
  const t = useTranslations('apiClients')
  const mayWrite = roleMay(role, 'api-clients:write')
  return (
    <>
      <ApiClientFrame apiClient={apiClient} role={role} secondary={mayWrite ? <Secondary apiClient={apiClient} role={role} /> : undefined} />
      <FreezeBanners thing={{ ids: [apiClient.id], environment: apiClient.environment }} now={now} role={role} />
      {apiClient.refusedAt !== null && (
        <Alert tone="danger" title={t('refused.title')}>
          <p className="max-w-prose text-pretty">{t('refused.text', { count: apiClient.connectionCount })}</p>
          <p className="mt-0.5 text-[0.8125rem] text-muted">
            {t('refused.since')} <RelativeTime at={apiClient.refusedAt} now={now} />
          </p>
        </Alert>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <FactsCard apiClient={apiClient} now={now} mayWrite={mayWrite} />
          <AdminTokenCard apiClient={apiClient} now={now} mayWrite={mayWrite} />
        </div>
        {/* What was found out about one redirect URI says nothing about the next. */}
        <CallbackCard key={`${apiClient.redirectUri} ${apiClient.environment}`} apiClient={apiClient} mayWrite={mayWrite} />
      </div>
      {(['incident', 'client_secret'] as const).map((kind) => (
        <LettersCard key={kind} apiClient={apiClient} kinds={[kind]} now={now} mayWrite={mayWrite} />
      ))}
      <AddressesCard addresses={apiClient.addresses} />
      {roleMay(role, 'key-migrations:run') && <MigrateCard />}
      {mayWrite && <DeleteCard apiClient={apiClient} />}
    </>
  )
}

function Secondary({ apiClient, role }: { apiClient: ApiClientDetail; role: Role }) {
  return (
    <>
      <FreezeButton kind="api_client" id={apiClient.id} name={apiClient.name} role={role} />
      <EditDialog apiClient={apiClient} role={role} />
    </>
  )
}
