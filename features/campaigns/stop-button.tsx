'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { focusContent } from '@/components/focus-content'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { CampaignDetail } from '@/contracts/campaigns'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useStopCampaign } from './mutations'

/** Ends what nobody has opened yet. */
export function StopButton({ campaign: { id, name } }: { campaign: CampaignDetail }) {
  const t = useTranslations('campaigns.stop')
  const stop = useStopCampaign(id)
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('action')}</Button>}
      onOpenChange={() => stop.reset()}
      title={t('title', { name: showInvisible(name) })}
      consequence={t('consequence')}
      confirmLabel={t('confirm')}
      cancelLabel={t('keep')}
      onConfirm={async () => {
        await stop.mutateAsync()
        focusContent()
        toast.success(t('done'))
      }}
    >
      {stop.isError && <ProblemAlert error={stop.error} />}
    </ConfirmDialog>
  )
}
