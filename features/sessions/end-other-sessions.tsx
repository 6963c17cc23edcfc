'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { ProblemAlert } from '../problem-state'
import { useEndSessions } from './mutations'

/** Ends every session but this one, as after a device was lost. */
export function EndOtherSessions({ count }: { count: number }) {
  const t = useTranslations('sessions')
  const end = useEndSessions()
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('endOthers.action')}</Button>}
      title={t('endOthers.title')}
      consequence={t('endOthers.consequence', { count })}
      confirmLabel={t('endOthers.confirm')}
      cancelLabel={t('cancel')}
      onOpenChange={() => end.reset()}
      onConfirm={async () => {
        await end.mutateAsync('others')
        toast.success(t('ended', { count }))
      }}
    >
      {end.isError && <ProblemAlert error={end.error} />}
    </ConfirmDialog>
  )
}
