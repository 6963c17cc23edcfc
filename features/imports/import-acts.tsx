'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { focusContent } from '@/components/focus-content'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { ImportDetail } from '@/contracts/imports'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useCancelImport, useHandBackImport, useRetryImport } from './mutations'
import { ReportButton } from './report-button'

/** What can be done about an import in its state. */
export function ImportActs({ detail }: { detail: ImportDetail }) {
  const t = useTranslations('imports')
  const retry = useRetryImport(detail.id)
  const mayRetry = detail.state === 'finished' && detail.counts.failed > 0
  return (
    <>
      <ReportButton detail={detail} />
      {mayRetry && (
        <Button loading={retry.isPending} onClick={() => retry.mutate(undefined, { onSuccess: () => toast.success(t('detail.retried')) })}>
          {t('detail.retry')}
        </Button>
      )}
      {retry.isError && <ProblemAlert error={retry.error} />}
      {detail.state === 'running' && <CancelButton detail={detail} />}
      {detail.state !== 'running' && detail.counts.stored > 0 && <HandBackButton detail={detail} />}
    </>
  )
}

function CancelButton({ detail }: { detail: ImportDetail }) {
  const t = useTranslations('imports.cancel')
  const { mutateAsync, error, reset } = useCancelImport(detail.id)
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

function HandBackButton({ detail }: { detail: ImportDetail }) {
  const t = useTranslations('imports.handBack')
  const { mutateAsync, error, reset } = useHandBackImport(detail.id)
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('action')}</Button>}
      onOpenChange={() => reset()}
      title={t('title', { name: showInvisible(detail.name) })}
      consequence={
        <>
          <p>{t('consequence', { count: detail.counts.stored })}</p>
          <p className="mt-2">{t('kept')}</p>
        </>
      }
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
