'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { ProblemAlert } from '../problem-state'
import { LastUseLine } from './last-use-line'
import { useRevokeMachineKey } from './mutations'

/** Ends a key for good, after saying what follows and whether somebody uses it. */
export function RevokeButton({ machineKey: { id, name, last4, lastUse }, now }: { machineKey: MachineKeyDetail; now: string }) {
  const t = useTranslations('machineKeys')
  const revoke = useRevokeMachineKey(id)
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('detail.revoke')}</Button>}
      title={t('revoke.title', { name })}
      consequence={t('revoke.consequence', { last4 })}
      confirmLabel={t('revoke.confirm')}
      cancelLabel={t('cancel')}
      onOpenChange={() => revoke.reset()}
      onConfirm={async () => {
        await revoke.mutateAsync()
        toast.success(t('revoke.done', { name }))
      }}
    >
      <LastUseLine lastUse={lastUse} now={now} texts={{ used: t('revoke.lastUsed'), unused: t('revoke.notUsed') }} />
      {revoke.isError && <ProblemAlert error={revoke.error} />}
    </ConfirmDialog>
  )
}
