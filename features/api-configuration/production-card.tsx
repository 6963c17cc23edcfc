'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { ApiClientDetail } from '@/contracts/api-clients'
import type { ApiConfigurationDetail } from '@/contracts/api-configuration'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { showInvisible } from '@/lib/text/show-invisible'
import { ApiClientEnvironmentBadge } from '../api-clients/environment'
import { useDraftLetter } from '../letters/mutations'
import { ProblemAlert } from '../problem-state'
import { redirectUriQueries } from '../redirect-uris/queries'
import { useSwitchToProduction } from './mutations'

export type ProductionCardProps = { apiClient: ApiClientDetail; live: ApiConfigurationDetail; role: Role }

/** Sandbox mode or production at Octorate, and the one-way door between them. */
export function ProductionCard({ apiClient, live, role }: ProductionCardProps) {
  const t = useTranslations('apiConfiguration.production')
  const draft = useDraftLetter(apiClient.id)
  const { data: uris } = useQuery(redirectUriQueries.state(apiClient.id))
  const mayOpen = roleMay(role, 'api-clients:production')
  const isProduction = live.environment === 'PRODUCTION'
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t(isProduction ? 'textProduction' : 'text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-muted">{t('atOctorate')}</span>
          {live.environment === null ? <span>{t('untold')}</span> : <ApiClientEnvironmentBadge environment={live.environment} />}
          <span className="text-muted">{t('here')}</span>
          <ApiClientEnvironmentBadge environment={apiClient.environment} />
        </p>
        {live.environment !== null && live.environment !== apiClient.environment && (
          <Alert tone="danger" title={t('differs')}>
            {t('differsText')}
          </Alert>
        )}
        {!isProduction && !mayOpen && <p className="text-muted">{t('ownersOnly')}</p>}
        {draft.isError && <ProblemAlert error={draft.error} />}
        {!isProduction && (
          <div className="flex flex-wrap gap-2">
            {mayOpen && <Door apiClient={apiClient} />}
            <Button
              variant="ghost"
              loading={draft.isPending}
              onClick={() => draft.mutate({ kind: 'production', redirectUris: uris?.wanted.map(({ uri }) => uri) ?? [] })}
            >
              {t('letter')}
            </Button>
          </div>
        )}
      </CardContent>
    </Card>
  )
}

function Door({ apiClient }: { apiClient: ApiClientDetail }) {
  const t = useTranslations('apiConfiguration.production')
  const { data: uris } = useQuery(redirectUriQueries.state(apiClient.id))
  const [open, setOpen] = useState(false)
  const flip = useSwitchToProduction(apiClient.id)
  const missing = uris?.wanted.map(({ uri }) => uri).filter((uri) => !uris.live?.uris.includes(uri)) ?? []
  const go = async () => {
    await flip.mutateAsync(apiClient.name)
    toast.success(t('done'))
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('open')}</Button>}
      open={open}
      onOpenChange={(next) => {
        flip.reset()
        setOpen(next)
      }}
      title={t('askTitle', { name: apiClient.name })}
      consequence={t('consequence')}
      confirmLabel={t('confirm')}
      cancelLabel={t('cancel')}
      phrase={apiClient.name.trim()}
      phraseLabel={t('phrase')}
      onConfirm={go}
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5 text-sm">
        <li>{t('mail')}</li>
        <li>{t('sandboxConnections', { count: apiClient.connectionCount })}</li>
        <li>{t('adminToken')}</li>
      </ul>
      {missing.length > 0 && (
        <Alert
          tone="warning"
          title={t('missing', { count: missing.length })}
          actions={
            <ButtonLink size="sm" href={pages.redirectUris(apiClient.id)}>
              {t('showUris')}
            </ButtonLink>
          }
        >
          <ul className="font-mono text-xs leading-5 wrap-anywhere">
            {missing.map((uri) => (
              <li key={uri}>{showInvisible(uri)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {uris?.live === null && <Alert tone="warning" title={t('neverRead')} />}
      {flip.isError && <ProblemAlert error={flip.error} />}
    </ConfirmDialog>
  )
}
