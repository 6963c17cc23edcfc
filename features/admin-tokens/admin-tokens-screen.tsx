'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import { roleMay, type Role } from '@/contracts/permissions'
import { ApiClientFrame } from '../api-clients/api-client-frame'
import { apiClientQueries } from '../api-clients/queries'
import { LastCallsCard } from '../exchanges/last-calls-card'
import { LettersCard } from '../letters/letters-card'
import { ProblemAlert, ProblemState } from '../problem-state'
import { BackEndCard } from './back-end-card'
import { useSwitchAdminToken } from './mutations'
import { adminTokenQueries } from './queries'
import { ReminderAlert } from './reminder-alert'
import { TokenItem } from './token-item'

type AdminTokensScreenProps = {
  apiClientId: string
  now: string
  role: Role
  /** Where back ends find Keyrack. */
  publicUrl: string
}

/** The admin tokens of one API client: the one in use, those before it, and what can be done with each. */
export function AdminTokensScreen({ apiClientId, now, role, publicUrl }: AdminTokensScreenProps) {
  const t = useTranslations('adminTokens')
  const apiClient = useQuery(apiClientQueries.detail(apiClientId))
  const { data, error, isFetching, refetch } = useQuery(adminTokenQueries.list(apiClientId))
  const logIn = useSwitchAdminToken(apiClientId)
  const mayWrite = roleMay(role, 'api-clients:write') && apiClient.data?.addresses !== null
  if (apiClient.data === undefined) return apiClient.error === null ? null : <ProblemState error={apiClient.error} variant="page" />
  const hasOne = data?.items.some(({ state }) => state === 'current') ?? false
  return (
    <>
      <ApiClientFrame
        apiClient={apiClient.data}
        role={role}
        section={t('title')}
        action={
          mayWrite && (
            <Button variant="primary" loading={logIn.isPending} onClick={() => logIn.mutate(undefined, { onSuccess: () => toast.success(t('switched')) })}>
              {t(hasOne ? 'logInAgain' : 'logIn')}
            </Button>
          )
        }
      />
      {error !== null && <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {logIn.isError && <ProblemAlert error={logIn.error} />}
      {data !== undefined && (
        <>
          <ReminderAlert days={data.reminderDays} />
          <Card>
            <CardHeader>
              <CardTitle>{t('history')}</CardTitle>
              <CardDescription>{t('text')}</CardDescription>
            </CardHeader>
            {data.items.length === 0 ? (
              <CardContent className="text-muted">{t('none')}</CardContent>
            ) : (
              <ul aria-label={t('history')} className="divide-y border-t">
                {data.items.map((token) => (
                  <TokenItem key={token.id} apiClientId={apiClientId} token={token} now={now} mayWrite={mayWrite} mayReveal={roleMay(role, 'admin-tokens:reveal')} />
                ))}
              </ul>
            )}
          </Card>
        </>
      )}
      <BackEndCard apiClientId={apiClientId} publicUrl={publicUrl} />
      <LettersCard apiClient={apiClient.data} kinds={['admin_token']} now={now} mayWrite={mayWrite} />
      <LastCallsCard apiClientId={apiClientId} act="admin_token" now={now} />
    </>
  )
}
