'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { RelativeTime } from '@/components/relative-time'
import { saveCsv } from '@/components/save-csv'
import { Button } from '@/components/ui/button'
import type { CampaignDetail } from '@/contracts/campaigns'
import { ProblemAlert } from '../problem-state'
import { useTakeCampaignFile } from './mutations'

/** The links and messages of a campaign by file: made and shown once. */
export function FileButton({ campaign: { id, total, fileTakenAt }, now }: { campaign: CampaignDetail; now: string }) {
  const t = useTranslations('campaigns.file')
  const take = useTakeCampaignFile(id)
  if (fileTakenAt !== null) {
    return (
      <p className="text-[0.8125rem] text-muted">
        {t('taken')} <RelativeTime at={fileTakenAt} now={now} />
      </p>
    )
  }
  return (
    <ConfirmDialog
      tone="accent"
      trigger={
        <Button variant="primary">
          <Download aria-hidden />
          {t('action')}
        </Button>
      }
      onOpenChange={() => take.reset()}
      title={t('title', { count: total })}
      consequence={t('consequence')}
      confirmLabel={t('confirm')}
      cancelLabel={t('cancel')}
      onConfirm={async () => {
        const { fileName, text } = await take.mutateAsync()
        saveCsv(text, fileName)
      }}
    >
      {take.isError && <ProblemAlert error={take.error} />}
    </ConfirmDialog>
  )
}
