'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { FreshPasswordField } from '../people/fresh-password-field'
import { ProblemAlert } from '../problem-state'
import type { useEndMachineKeys } from './mutations'

type EndDialogProps = { step: 'machine_keys' | 'sessions'; count: number; end: ReturnType<typeof useEndMachineKeys> }

/** Asks, with the person's password, before every key or session is ended. */
export function EndDialog({ step, count, end }: EndDialogProps) {
  const t = useTranslations('incidents.step')
  const cancel = useTranslations('incidents.detail')('cancel')
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger-quiet">
          {t(`${step}.act`)}
        </Button>
      }
      title={t(`${step}.confirmTitle`, { count })}
      consequence={t(`${step}.confirmText`)}
      confirmLabel={t(`${step}.act`)}
      cancelLabel={cancel}
      onOpenChange={() => end.reset()}
      onConfirm={(form) => end.mutateAsync(String(form.get('password') ?? ''))}
    >
      <FreshPasswordField />
      {end.isError && <ProblemAlert error={end.error} />}
    </ConfirmDialog>
  )
}
