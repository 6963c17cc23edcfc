'use client'

import { useTranslations } from 'use-intl'
import { CopyField } from '@/components/copy-field'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import { ProblemAlert } from '../problem-state'
import { problemOf } from '../request'
import { MailRequest } from './mail-request'
import { useCheckRedirectUri, useRegisterCallback } from './mutations'
import { RegisteredResult } from './registered-result'

/** The redirect URI in use, our own callback, whether Octorate has them, and the way to register ours. */
export function CallbackCard({ apiClient, mayWrite }: { apiClient: ApiClientDetail; mayWrite: boolean }) {
  const t = useTranslations('apiClients.callback')
  const { redirectUri, callbackUri, upstream, environment, clientId, addresses } = apiClient
  const isOurs = redirectUri === callbackUri
  const register = useRegisterCallback(apiClient.id)
  const check = useCheckRedirectUri(apiClient.id)
  const isLocked = register.isError && problemOf(register.error).code === 'redirect_uri_locked'
  const isOursPossible = checkRedirectUri(callbackUri, { allowLoopbackHttp: upstream.sandbox }).every((finding) => finding.level !== 'error')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <CopyField label={t('used')} value={redirectUri} hint={t(isOurs ? 'usedOurs' : 'usedOther')} />
        {isOurs && !isOursPossible && (
          <Alert tone="danger" title={t('oursRefused')}>
            {t('oursRefusedText')}
          </Alert>
        )}
        {!isOurs && <CopyField label={t('ours')} value={callbackUri} hint={t('oursUnused')} />}
        {mayWrite && addresses !== null && (
          <div className="flex flex-wrap gap-2">
            {isOursPossible && (
              <Button loading={register.isPending} onClick={() => register.mutate()}>
                {t('register')}
              </Button>
            )}
            <Button variant="ghost" loading={check.isPending} onClick={() => check.mutate()}>
              {t('check')}
            </Button>
          </div>
        )}
        <div aria-live="polite" className="flex flex-col gap-4 empty:hidden">
          {register.isError && <ProblemAlert error={register.error} />}
          {register.isSuccess && <Registered {...register.data} />}
          {check.isError && <ProblemAlert error={check.error} />}
          {check.isSuccess && <RegisteredResult check={check.data} />}
        </div>
        {isOursPossible && (isLocked || environment === 'PRODUCTION') && <MailRequest uri={callbackUri} clientId={clientId} isNeeded={isLocked} />}
      </CardContent>
    </Card>
  )
}

function Registered({ redirectUris, added }: { redirectUris: readonly string[]; added: boolean }) {
  const t = useTranslations('apiClients.callback')
  return (
    <Alert tone="success" title={t('registered')}>
      <p>{t('registeredText', { added: String(added) })}</p>
      <p className="mt-2 text-[0.8125rem] text-muted">{t('atOctorate')}</p>
      <ul className="font-mono text-xs leading-5 wrap-anywhere">
        {redirectUris.map((uri) => (
          <li key={uri}>{uri}</li>
        ))}
      </ul>
    </Alert>
  )
}
