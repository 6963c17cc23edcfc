'use client'

import { Download, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { focusContent } from '@/components/focus-content'
import { saveCsv } from '@/components/save-csv'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { reportKeyMigration, type KeyMigration } from '@/contracts/key-migrations'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { useCancelKeyMigration, usePauseKeyMigration, useResumeKeyMigration, useRetryKeyMigration } from './mutations'

/** What can be done about a migration in its state. */
export function MigrationActs({ detail }: { detail: KeyMigration }) {
  const t = useTranslations('keyMigrations.detail')
  const { id, state, counts } = detail
  const [pause, resume, retry] = [usePauseKeyMigration(id), useResumeKeyMigration(id), useRetryKeyMigration(id)]
  const isOver = state === 'finished' || state === 'cancelled'
  const failed = [pause, resume, retry].find(({ isError }) => isError)
  return (
    <>
      <ReportButton id={id} />
      {(state === 'finished' || state === 'stopped') && counts.failed + counts.ambiguous > 0 && (
        <Button loading={retry.isPending} onClick={() => retry.mutate(undefined, { onSuccess: () => toast.success(t('retried')) })}>
          {t('retry')}
        </Button>
      )}
      {state === 'running' && (
        <Button loading={pause.isPending} onClick={() => pause.mutate(undefined, { onSuccess: () => toast.success(t('paused')) })}>
          <Pause aria-hidden />
          {t('pause')}
        </Button>
      )}
      {(state === 'paused' || state === 'stopped') && (
        <Button variant="primary" loading={resume.isPending} onClick={() => resume.mutate(undefined, { onSuccess: () => toast.success(t('resumed')) })}>
          <Play aria-hidden />
          {t('resume')}
        </Button>
      )}
      {!isOver && <CancelButton detail={detail} />}
      {failed && <ProblemAlert error={failed.error} />}
    </>
  )
}

/** What became of every line, as a file that a spreadsheet opens without running anything. */
function ReportButton({ id }: { id: string }) {
  const t = useTranslations('keyMigrations.detail')
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const download = async () => {
    setIsBusy(true)
    setError(null)
    try {
      const { csv, fileName } = await callEndpoint(reportKeyMigration, { params: { id } })
      saveCsv(csv, fileName)
    } catch (caught) {
      setError(caught)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <>
      <Button onClick={() => void download()} loading={isBusy}>
        <Download aria-hidden />
        {t('report')}
      </Button>
      {error !== null && <ProblemAlert error={error} />}
    </>
  )
}

function CancelButton({ detail }: { detail: KeyMigration }) {
  const t = useTranslations('keyMigrations.cancel')
  const { mutateAsync, error, reset } = useCancelKeyMigration(detail.id)
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('action')}</Button>}
      onOpenChange={() => reset()}
      title={t('title', { name: showInvisible(detail.name) })}
      consequence={t('consequence', { count: detail.counts.pending })}
      confirmLabel={t('confirm')}
      cancelLabel={t('keep')}
      onConfirm={async () => {
        await mutateAsync()
        focusContent()
        toast.success(t('done'))
      }}
    >
      {error !== null && <ProblemAlert error={error} />}
    </ConfirmDialog>
  )
}
