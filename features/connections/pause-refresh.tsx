'use client'

import { CirclePause } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { ConnectionDetail } from '@/contracts/connections'
import { roleMay, type Role } from '@/contracts/permissions'
import { ReasonField } from '../freezes/reason-field'
import { ProblemAlert } from '../problem-state'
import { usePauseRefresh, useResumeRefresh } from './mutations'

type Props = { connection: ConnectionDetail; role: Role }

/** Stops automatic refresh, with a reason; absent for who may not, and where nothing is refreshed by itself. */
export function PauseRefreshButton({ connection, role }: Props) {
  const t = useTranslations('connections.pause')
  const pause = usePauseRefresh(connection.id)
  const isRefreshed = connection.hasRefreshToken && connection.status !== 'disconnected' && connection.status !== 'reconnect_required'
  if (!roleMay(role, 'connections:pause') || !isRefreshed || connection.refreshPausedAt !== null) return null
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{t('act')}</Button>}
      title={t('title')}
      consequence={t('text')}
      confirmLabel={t('act')}
      cancelLabel={t('cancel')}
      onOpenChange={() => pause.reset()}
      onConfirm={(form) => pause.mutateAsync(String(form.get('reason') ?? ''))}
    >
      <ReasonField hint={t('hint')} />
      {pause.isError && <ProblemAlert error={pause.error} />}
    </ConfirmDialog>
  )
}

/** That it is paused, since when, and the way back. */
export function PausedBanner({ connection, role, now }: Props & { now: string }) {
  const t = useTranslations('connections.pause')
  const resume = useResumeRefresh(connection.id)
  const { refreshPausedAt } = connection
  if (refreshPausedAt === null || connection.status === 'disconnected') return null
  const act = roleMay(role, 'connections:pause') ? (
    <Button loading={resume.isPending} onClick={() => resume.mutate()}>
      {t('resume')}
    </Button>
  ) : undefined
  return (
    <Alert tone="warning" icon={<CirclePause />} title={t('paused')} actions={act}>
      <p className="max-w-prose text-pretty">{t('pausedText')}</p>
      <p className="mt-0.5 text-[0.8125rem] text-muted">
        {t('since')} <RelativeTime at={refreshPausedAt} now={now} />
      </p>
      {resume.isError && <ProblemAlert error={resume.error} className="mt-2" />}
    </Alert>
  )
}
