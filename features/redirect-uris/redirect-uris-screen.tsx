'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { roleMay, type Role } from '@/contracts/permissions'
import { ApiClientFrame } from '../api-clients/api-client-frame'
import { apiClientQueries } from '../api-clients/queries'
import { LastCallsCard } from '../exchanges/last-calls-card'
import { LettersCard } from '../letters/letters-card'
import { ProblemState } from '../problem-state'
import { ReturnAddressesCard } from '../return-addresses/return-addresses-card'
import { AddCard } from './add-card'
import { CallbackTestCard } from './callback-test-card'
import { DriftAlert } from './drift-alert'
import { EditorCard } from './editor-card'
import { ExplainCard } from './explain-card'
import { LastWriteCard } from './last-write-card'
import { redirectUriQueries } from './queries'

/** The redirect URIs of one API client: what is wanted, what Octorate has, and everything between. */
export function RedirectUrisScreen({ apiClientId, now, role }: { apiClientId: string; now: string; role: Role }) {
  const t = useTranslations('redirectUris')
  const apiClient = useQuery(apiClientQueries.detail(apiClientId))
  const { data: state, error, isFetching, refetch } = useQuery(redirectUriQueries.state(apiClientId))
  const mayWrite = roleMay(role, 'api-clients:write') && apiClient.data?.addresses !== null
  return (
    <>
      {apiClient.data !== undefined && <ApiClientFrame apiClient={apiClient.data} role={role} section={t('title')} />}
      {error !== null && <ProblemState error={error} variant={state === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {state !== undefined && apiClient.data !== undefined && (
        <>
          {state.drift !== null && <DriftAlert apiClientId={apiClientId} drift={state.drift} now={now} mayWrite={mayWrite} />}
          <EditorCard apiClientId={apiClientId} state={state} now={now} mayWrite={mayWrite} />
          <LettersCard apiClient={apiClient.data} kinds={['redirect_uris']} now={now} mayWrite={mayWrite} />
          <LastCallsCard apiClientId={apiClientId} act="redirect_uris" now={now} />
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-5">
              {mayWrite && <AddCard apiClientId={apiClientId} state={state} />}
              {state.lastWrite !== null && (
                <LastWriteCard apiClientId={apiClientId} state={state} lastWrite={state.lastWrite} now={now} mayWrite={mayWrite} />
              )}
            </div>
            <div className="flex min-w-0 flex-col gap-5">
              <ExplainCard live={state.live?.uris ?? []} />
              <CallbackTestCard callbackUri={state.callbackUri} />
              <ReturnAddressesCard apiClientId={apiClientId} mayWrite={roleMay(role, 'api-clients:write')} />
            </div>
          </div>
        </>
      )}
    </>
  )
}
