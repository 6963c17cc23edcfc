import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import type { ApiClientSummary } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { translator } from '@/messages/translator'
import { firstPageOf } from '../go-live/first-page-of'

type StepState = 'done' | 'next' | 'later'

/** The way to the first connection, for an organization that has none. */
export function FirstSteps({ apiClients, role }: { apiClients: readonly ApiClientSummary[]; role: Role }) {
  const t = translator('overview')
  const [apiClient] = apiClients
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('start.heading')}</CardTitle>
        <CardDescription>{t('start.description')}</CardDescription>
      </CardHeader>
      <CardContent>
        <ol className="flex flex-col">
          <ApiClientStep apiClient={apiClient} role={role} />
          <PropertyStep apiClient={apiClient} role={role} />
          <Step number={3} state="later" title={t('start.result.title')}>
            {t('start.result.text')}
          </Step>
        </ol>
      </CardContent>
    </Card>
  )
}

type PartProps = { apiClient: ApiClientSummary | undefined; role: Role }

function ApiClientStep({ apiClient, role }: PartProps) {
  const t = translator('overview')
  if (apiClient !== undefined) {
    const look = roleMay(role, 'api-clients:read') && (
      <ButtonLink size="sm" href={firstPageOf(apiClient)}>
        {t('start.apiClient.open')}
      </ButtonLink>
    )
    return (
      <Step number={1} state="done" title={t('start.apiClient.title')} action={look}>
        {t(apiClient.upstream.sandbox ? 'start.apiClient.textSandbox' : 'start.apiClient.text', { name: apiClient.name })}
      </Step>
    )
  }
  const mayRegister = roleMay(role, 'api-clients:write')
  const register = mayRegister && (
    <ButtonLink variant="primary" href={pages.newApiClient()}>
      {t('start.apiClient.register')}
    </ButtonLink>
  )
  return (
    <Step number={1} state="next" title={t('start.apiClient.titleOpen')} action={register}>
      {t(mayRegister ? 'start.apiClient.textOpen' : 'start.apiClient.textMissing')}
    </Step>
  )
}

function PropertyStep({ apiClient, role }: PartProps) {
  const t = translator('overview')
  const mayConnect = roleMay(role, 'connections:connect')
  const connect = apiClient !== undefined && mayConnect && (
    <ButtonLink variant="primary" href={pages.newConnection()}>
      {t('connect')}
    </ButtonLink>
  )
  return (
    <Step number={2} state={apiClient === undefined ? 'later' : 'next'} title={t('start.property.title')} action={connect}>
      <p>{t(mayConnect ? 'start.property.text' : 'start.property.textNotAllowed')}</p>
      {mayConnect && apiClient?.upstream.sandbox === true && <p>{t('start.property.textSandbox')}</p>}
    </Step>
  )
}

type StepProps = { number: number; state: StepState; title: string; children: ReactNode; action?: ReactNode }

function Step({ number, state, title, children, action }: StepProps) {
  const t = translator('overview')
  return (
    <li
      data-state={state}
      aria-current={state === 'next' ? 'step' : undefined}
      className="group relative flex gap-4 pb-8 last:pb-1 not-last:before:absolute not-last:before:top-9 not-last:before:bottom-1 not-last:before:left-4 not-last:before:w-px not-last:before:bg-line-strong"
    >
      <span
        aria-hidden
        className={cn(
          'grid size-8 shrink-0 place-items-center rounded-full border text-sm font-semibold [&_svg]:size-4',
          state === 'done' && 'border-success-line bg-success-subtle text-success-text',
          state === 'next' && 'border-accent bg-accent text-accent-foreground',
          state === 'later' && 'border-line-strong text-muted',
        )}
      >
        {state === 'done' ? <Check /> : number}
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-1">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className={cn('font-semibold', state === 'later' && 'text-muted')}>
            <span className="sr-only">{t(`start.${state}`)}: </span>
            {title}
          </h3>
          <div className="max-w-prose text-pretty text-muted">{children}</div>
        </div>
        {action}
      </div>
    </li>
  )
}
