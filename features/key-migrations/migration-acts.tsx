'use client'

import { Pause, Play } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { reportKeyMigration, type KeyMigration } from '@/contracts/key-migrations'
import { showInvisible } from '@/lib/text/show-invisible'
import { ActButton } from '../act-button'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { SaveButton } from '../save-button'
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
      <SaveButton label={t('report')} make={() => callEndpoint(reportKeyMigration, { params: { id } })} />
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

function CancelButton({ detail }: { detail: KeyMigration }) {
  const t = useTranslations('keyMigrations.cancel')
  return (
    <ActButton
      texts={{ action: t('action'), title: t('title', { name: showInvisible(detail.name) }), confirm: t('confirm'), keep: t('keep'), done: t('done') }}
      consequence={t('consequence', { count: detail.counts.pending })}
      mutation={useCancelKeyMigration(detail.id)}
    />
  )
}
