'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { ProblemAlert } from '../problem-state'
import { useRevokeLink } from './mutations'

export function RevokeLinkButton({ id }: { id: string }) {
  const t = useTranslations('links')
  const revoke = useRevokeLink(id)
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('detail.revoke')}</Button>}
      title={t('revoke.title')}
      consequence={t('revoke.consequence')}
      confirmLabel={t('revoke.confirm')}
      cancelLabel={t('cancel')}
      onOpenChange={() => revoke.reset()}
      onConfirm={async () => {
        await revoke.mutateAsync()
        toast.success(t('revoke.done'))
      }}
    >
      {revoke.isError && <ProblemAlert error={revoke.error} />}
    </ConfirmDialog>
  )
}
