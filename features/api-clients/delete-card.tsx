'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { ProblemAlert } from '../problem-state'
import { useDeleteApiClient } from './mutations'

/** Deletes an API client that has no connections left, after its name was typed. */
export function DeleteCard({ apiClient }: { apiClient: ApiClientDetail }) {
  const t = useTranslations('apiClients')
  const { id, connectionCount } = apiClient
  return (
    <Card className="[&>[data-slot=card-header]]:pb-4">
      <CardHeader>
        <CardTitle>{t('delete.title')}</CardTitle>
        <CardDescription>
          {connectionCount > 0 ? t('delete.blocked', { count: connectionCount }) : t('delete.text')}
        </CardDescription>
        <CardAction>
          {connectionCount > 0 ? (
            <ButtonLink size="sm" href={`${pages.connections()}?apiClient=${id}`}>
              {t('delete.showConnections')}
            </ButtonLink>
          ) : (
            <DeleteButton apiClient={apiClient} />
          )}
        </CardAction>
      </CardHeader>
    </Card>
  )
}

function DeleteButton({ apiClient: { id, name } }: { apiClient: ApiClientDetail }) {
  const t = useTranslations('apiClients')
  const router = useRouter()
  const erase = useDeleteApiClient(id)
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('delete.action')}</Button>}
      title={t('delete.confirmTitle', { name })}
      consequence={t('delete.consequence')}
      phrase={name}
      phraseLabel={t('delete.phrase')}
      confirmLabel={t('delete.confirm')}
      cancelLabel={t('cancel')}
      onOpenChange={() => erase.reset()}
      onConfirm={async () => {
        await erase.mutateAsync()
        toast.success(t('delete.done', { name }))
        router.replace(pages.apiClients())
      }}
    >
      {erase.isError && <ProblemAlert error={erase.error} />}
    </ConfirmDialog>
  )
}
