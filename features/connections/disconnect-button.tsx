'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { ConnectionDetail } from '@/contracts/connections'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useDisconnectConnection } from './mutations'

/** Disconnects after naming the connection and what follows. */
export function DisconnectButton({ connection }: { connection: ConnectionDetail }) {
  const t = useTranslations('connections')
  const { mutateAsync, error, reset } = useDisconnectConnection(connection.id)
  const name = showInvisible(connection.name)
  const disconnect = async () => {
    await mutateAsync()
    // This button goes with the tokens: without a new place the focus would fall to the top of the document.
    setTimeout(() => document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true }))
    toast.success(t('actions.disconnected', { name }), { description: t('actions.disconnectedText') })
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('actions.disconnect')}</Button>}
      onOpenChange={() => reset()}
      title={t('disconnect.title', { name })}
      consequence={
        <>
          <p>{t('disconnect.consequence', { count: connection.propertyCount })}</p>
          <p className="mt-2">{t('disconnect.stays')}</p>
        </>
      }
      confirmLabel={t('disconnect.confirm')}
      cancelLabel={t('disconnect.cancel')}
      onConfirm={disconnect}
    >
      {error !== null && <ProblemAlert error={error} />}
    </ConfirmDialog>
  )
}
