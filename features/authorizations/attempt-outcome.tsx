'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { AuthorizationDetail } from '@/contracts/authorizations'
import { isErrorCode } from '@/contracts/errors'
import { pages, reconnectHref } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemState } from '../problem-state'
import { PasteForm } from './paste-form'
import { problemOfCode } from './problem-of-code'

type AttemptOutcomeProps = { attempt: AuthorizationDetail; role: Role }

/** How the attempt stands or ended, and the next step. */
export function AttemptOutcome({ attempt, role }: AttemptOutcomeProps) {
  const t = useTranslations('authorizations.attempt')
  const { status, failure, connectionId } = attempt
  if (status === 'connected') {
    return (
      <Alert
        tone="success"
        title={t('connected.title')}
        actions={
          connectionId === null ? undefined : (
            <ButtonLink variant="primary" href={pages.connection(connectionId)}>
              {t('connected.action')}
            </ButtonLink>
          )
        }
      >
        {t('connected.text')}
      </Alert>
    )
  }
  if (status === 'failed' || status === 'expired') return <Ended attempt={attempt} role={role} />
  // A reason that may pass by itself does not end the flow: the answer waits in Keyrack's journal.
  const text = status === 'working' && failure !== null ? 'working.retry' : status
  return (
    <>
      <Alert tone="info" title={t(`${text}.title`)}>
        {t(`${text}.text`)}
      </Alert>
      {status === 'waiting' && attempt.mode === 'paste' && roleMay(role, 'connections:connect') && (
        <Card>
          <CardHeader>
            <CardTitle>{t('pasteAction')}</CardTitle>
          </CardHeader>
          <CardContent className="flex flex-col items-start gap-5">
            <p className="max-w-prose text-pretty wrap-anywhere">{t('pasteText', { uri: showInvisible(attempt.redirectUri) })}</p>
            <PasteForm authorizationId={attempt.id} redirectUri={showInvisible(attempt.redirectUri)} />
            <div className="flex w-full flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t pt-4">
              <p className="max-w-prose text-[0.8125rem] text-pretty text-muted">{t('pasteElse')}</p>
              <ButtonLink variant="ghost" href={pages.newConnection(attempt.apiClient.id)}>
                {t('startAgain')}
              </ButtonLink>
            </div>
          </CardContent>
        </Card>
      )}
    </>
  )
}

function Ended({ attempt, role }: AttemptOutcomeProps) {
  const t = useTranslations('authorizations.attempt')
  const { apiClient, failure, status, expectedConnectionId } = attempt
  const code = status === 'expired' ? 'state_expired' : isErrorCode(failure) ? failure : 'internal'
  return (
    <ProblemState
      error={problemOfCode(code)}
      variant="inline"
      actions={
        <>
          {roleMay(role, 'connections:connect') && (
            <ButtonLink variant="primary" href={expectedConnectionId === null ? pages.newConnection(apiClient.id) : reconnectHref(apiClient.id, expectedConnectionId)}>
              {t('tryAgain')}
            </ButtonLink>
          )}
          {code === 'api_client_refused' && roleMay(role, 'api-clients:read') && (
            <ButtonLink href={pages.apiClient(apiClient.id)}>{t('openApiClient')}</ButtonLink>
          )}
          <ButtonLink href={pages.connections()}>{t('all')}</ButtonLink>
        </>
      }
    />
  )
}
