'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { Incident } from '@/contracts/incidents'
import { ProblemAlert } from '../problem-state'
import { useCloseIncident } from './mutations'

/** Ends the work on an incident. */
export function CloseButton({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents.detail')
  const close = useCloseIncident(incident.id)
  const left = incident.stepsTotal - incident.stepsSettled
  return (
    <ConfirmDialog
      trigger={<Button variant="primary">{t('close')}</Button>}
      title={t('closeTitle')}
      consequence={t('closeText')}
      confirmLabel={t('close')}
      cancelLabel={t('cancel')}
      tone="accent"
      onOpenChange={() => close.reset()}
      onConfirm={async () => {
        await close.mutateAsync(undefined)
        toast.success(t('closedToast'))
      }}
    >
      <p>{t('closeLeft', { count: left })}</p>
      {close.isError && <ProblemAlert error={close.error} />}
    </ConfirmDialog>
  )
}
