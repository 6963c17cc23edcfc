'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { ImportDetail } from '@/contracts/imports'
import { showInvisible } from '@/lib/text/show-invisible'
import { ActButton } from '../act-button'
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
  return (
    <ActButton
      texts={{ action: t('action'), title: t('title', { name: showInvisible(detail.name) }), confirm: t('confirm'), keep: t('keep'), done: t('done') }}
      consequence={t('consequence', { count: detail.counts.pending })}
      mutation={useCancelImport(detail.id)}
    />
  )
}

function HandBackButton({ detail }: { detail: ImportDetail }) {
  const t = useTranslations('imports.handBack')
  return (
    <ActButton
      texts={{ action: t('action'), title: t('title', { name: showInvisible(detail.name) }), confirm: t('confirm'), keep: t('keep'), done: t('done') }}
      consequence={
        <>
          <p>{t('consequence', { count: detail.counts.stored })}</p>
          <p className="mt-2">{t('kept')}</p>
        </>
      }
      mutation={useHandBackImport(detail.id)}
    />
  )
}
