'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { ReasonField } from '../freezes/reason-field'
import { FreshPasswordField } from '../people/fresh-password-field'
import { ProblemAlert } from '../problem-state'
import { useThawInIncident } from './mutations'

/** Hands tokens out again, with a reason and the person's password. */
export function ThawDialog({ incidentId }: { incidentId: string }) {
  const t = useTranslations('incidents.step.thaw')
  const cancel = useTranslations('incidents.detail')('cancel')
  const thaw = useThawInIncident(incidentId)
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm">
          {t('act')}
        </Button>
      }
      title={t('confirmTitle')}
      consequence={t('confirmText')}
      confirmLabel={t('act')}
      cancelLabel={cancel}
      tone="accent"
      onOpenChange={() => thaw.reset()}
      onConfirm={(form) => thaw.mutateAsync({ reason: String(form.get('reason') ?? ''), password: String(form.get('password') ?? '') })}
    >
      <ReasonField hint={t('reasonHint')} />
      <FreshPasswordField />
      {thaw.isError && <ProblemAlert error={thaw.error} />}
    </ConfirmDialog>
  )
}
