'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { PersonDetail } from '@/contracts/people'
import { ProblemAlert } from '../problem-state'
import { FreshPasswordField } from './fresh-password-field'
import { useResetTwoFactor } from './mutations'

/** For somebody who lost authenticator app and recovery codes. */
export function ResetTwoFactorButton({ person: { id, name } }: { person: PersonDetail }) {
  const t = useTranslations('people')
  const reset = useResetTwoFactor(id)
  return (
    <ConfirmDialog
      trigger={<Button>{t('person.resetTwoFactor')}</Button>}
      title={t('person.resetTwoFactorTitle', { name })}
      consequence={t('person.resetTwoFactorConsequence')}
      confirmLabel={t('person.resetTwoFactorConfirm')}
      cancelLabel={t('cancel')}
      onOpenChange={() => reset.reset()}
      onConfirm={async (form) => {
        await reset.mutateAsync(String(form.get('password') ?? ''))
        toast.success(t('person.twoFactorReset', { name }))
      }}
    >
      <FreshPasswordField />
      {reset.isError && <ProblemAlert error={reset.error} />}
    </ConfirmDialog>
  )
}
