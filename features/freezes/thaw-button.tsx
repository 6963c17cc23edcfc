'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { Freeze } from '@/contracts/freezes'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useLiftFreeze } from './mutations'
import { ReasonField } from './reason-field'

/** Lifts a freeze, with a reason. */
export function ThawButton({ freeze }: { freeze: Freeze }) {
  const t = useTranslations('freezes')
  const lift = useLiftFreeze(freeze.id)
  const name = freeze.target.name === null ? t('thing') : showInvisible(freeze.target.name)
  return (
    <ConfirmDialog
      trigger={<Button>{t('thaw')}</Button>}
      title={t('thawTitle', { name })}
      consequence={t('thawText')}
      confirmLabel={t('thaw')}
      cancelLabel={t('cancel')}
      tone="accent"
      onOpenChange={() => lift.reset()}
      onConfirm={async (form) => {
        await lift.mutateAsync(String(form.get('reason') ?? ''))
        toast.success(t('thawed', { name }))
      }}
    >
      <ReasonField />
      {lift.isError && <ProblemAlert error={lift.error} />}
    </ConfirmDialog>
  )
}
