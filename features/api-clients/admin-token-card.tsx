'use client'

import { useTranslations } from 'use-intl'
import { ExpiryBar } from '@/components/expiry-bar'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { SecretTail } from '@/components/secret-tail'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { ProblemAlert } from '../problem-state'
import { ADMIN_TOKEN_LIFE_MS, ADMIN_TOKEN_THRESHOLDS } from './admin-token-life'
import { useObtainAdminToken } from './mutations'

export type AdminTokenCardProps = { apiClient: ApiClientDetail; now: string; mayWrite: boolean }

/** The bearer of the API client itself: its last four characters, its age, and a log-in that renews it. */
export function AdminTokenCard({ apiClient: { id, adminToken, addresses }, now, mayWrite }: AdminTokenCardProps) {
  const t = useTranslations('apiClients.adminToken')
  const logIn = useObtainAdminToken(id)
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
        {mayWrite && addresses !== null && (
          <CardAction>
            <Button
              size="sm"
              loading={logIn.isPending}
              onClick={() => logIn.mutate(undefined, { onSuccess: () => toast.success(t('obtained')) })}
            >
              {t(adminToken === null ? 'logIn' : 'logInAgain')}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {logIn.isError && <ProblemAlert error={logIn.error} />}
        {adminToken === null ? (
          <p className="text-muted">{t('none')}</p>
        ) : (
          <KeyValueList
            items={[
              { term: t('token'), value: <SecretTail last4={adminToken.last4} label={t('tail')} /> },
              { term: t('issued'), value: <RelativeTime at={adminToken.issuedAt} now={now} /> },
              {
                term: t('expires'),
                value: (
                  <ExpiryBar
                    expiresAt={adminToken.expiresAt}
                    now={now}
                    totalMs={ADMIN_TOKEN_LIFE_MS}
                    thresholds={ADMIN_TOKEN_THRESHOLDS}
                    overText={t('expired')}
                    announceText={t('left')}
                  />
                ),
              },
            ]}
          />
        )}
      </CardContent>
    </Card>
  )
}
