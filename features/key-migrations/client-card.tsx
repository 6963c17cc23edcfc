'use client'

import { useTranslations } from 'use-intl'
import { EnvironmentBadge } from '@/components/environment-badge'
import { Alert } from '@/components/ui/alert'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import type { ApiClientSummary } from '@/contracts/api-clients'
import { PaceSelect } from './pace-select'

export type MigrationClient = Pick<ApiClientSummary, 'id' | 'name' | 'clientId' | 'environment' | 'upstream'>

export interface MigrationWishes {
  readonly apiClientId: string
  readonly name: string
  readonly perSecond: number | null
}

type ClientCardProps = {
  clients: readonly MigrationClient[]
  wishes: MigrationWishes
  onWishes: (wishes: MigrationWishes) => void
  mistakes: { readonly apiClientId?: boolean; readonly name?: boolean }
}

/** For which API client, under which name and how fast; and what a wrong choice does. */
export function ClientCard({ clients, wishes, onWishes, mistakes }: ClientCardProps) {
  const t = useTranslations('keyMigrations')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('new.client.title')}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <Alert tone="warning" title={t('new.client.warning')}>
          <p className="max-w-prose text-pretty">{t('new.client.warningText')}</p>
        </Alert>
        <div className="flex flex-col gap-1.5">
          <RadioGroup
            legend={t('new.client.legend')}
            name="apiClient"
            variant="cards"
            value={wishes.apiClientId}
            onValueChange={(apiClientId) => onWishes({ ...wishes, apiClientId })}
            options={clients.map((client) => ({
              value: client.id,
              label: (
                <span className="flex flex-wrap items-center gap-2">
                  {client.name}
                  <EnvironmentBadge kind={client.environment === 'PRODUCTION' ? 'live' : 'test'}>{t(`environment.${client.environment}`)}</EnvironmentBadge>
                </span>
              ),
              hint: <span className="wrap-anywhere">{t('new.client.hint', { upstream: client.upstream.label, clientId: client.clientId })}</span>,
            }))}
          />
          {mistakes.apiClientId === true && wishes.apiClientId === '' && (
            <p role="alert" className="text-[0.8125rem] text-danger-text">
              {t('new.client.needed')}
            </p>
          )}
        </div>
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Field label={t('new.client.name')} hint={t('new.client.nameHint')} error={mistakes.name ? t('new.client.nameError') : undefined} required>
            <Input name="name" value={wishes.name} onChange={({ target }) => onWishes({ ...wishes, name: target.value })} maxLength={80} autoComplete="off" />
          </Field>
          <Field label={t('new.client.pace')} hint={t('new.client.paceHint')}>
            <PaceSelect value={wishes.perSecond} onChange={(perSecond) => onWishes({ ...wishes, perSecond })} />
          </Field>
        </div>
      </CardContent>
    </Card>
  )
}
