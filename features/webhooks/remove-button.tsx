'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { pages } from '@/contracts/paths'
import type { Webhook } from '@/contracts/webhooks'
import { ProblemAlert } from '../problem-state'
import { useRemoveWebhook } from './mutations'

/** Removes a webhook, after saying what goes with it. */
export function RemoveButton({ webhook: { id, name } }: { webhook: Webhook }) {
  const t = useTranslations('webhooks')
  const router = useRouter()
  const remove = useRemoveWebhook(id)
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('detail.remove')}</Button>}
      title={t('remove.title', { name })}
      consequence={t('remove.consequence')}
      confirmLabel={t('remove.confirm')}
      cancelLabel={t('remove.cancel')}
      onOpenChange={() => remove.reset()}
      onConfirm={async () => {
        await remove.mutateAsync()
        toast.success(t('remove.done', { name }))
        router.push(pages.webhooks())
      }}
    >
      {remove.isError && <ProblemAlert error={remove.error} />}
    </ConfirmDialog>
  )
}
