'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleSlash, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Button } from '@/components/ui/button'
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Progress } from '@/components/ui/progress'
import { useClockText } from '@/components/use-clock-text'
import { roleMay, type Role } from '@/contracts/permissions'
import type { TopUp } from '@/contracts/top-ups'
import { ProblemAlert, ProblemState } from '../problem-state'
import { useCancelTopUp } from './mutations'
import { topUpQueries } from './queries'

const LOOKS = {
  running: { tone: 'accent', icon: <LoaderCircle aria-hidden className="motion-safe:animate-spin" /> },
  finished: { tone: 'success', icon: <CircleCheck aria-hidden /> },
  cancelled: { tone: 'neutral', icon: <CircleSlash aria-hidden /> },
} as const

export type TopUpsCardProps = { role: Role; now: string }

/** The top ups of the last thirty days, the latest with how far it is; nothing while there is none. */
export function TopUpsCard({ role, now }: TopUpsCardProps) {
  const t = useTranslations('topUps.list')
  const { data, error, isFetching, refetch } = useQuery(topUpQueries.list())
  if (error !== null && data === undefined) return <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />
  if (data === undefined || data.items.length === 0) return null
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('description')}</CardDescription>
      </CardHeader>
      <ul className="divide-y border-t" aria-label={t('title')}>
        {data.items.map((topUp) => (
          <Item key={topUp.id} topUp={topUp} now={now} mayCancel={roleMay(role, 'top-ups:run')} />
        ))}
      </ul>
    </Card>
  )
}

function Item({ topUp, now, mayCancel }: { topUp: TopUp; now: string; mayCancel: boolean }) {
  const t = useTranslations('topUps.list')
  const clock = useClockText(now)
  const { state, counts, apiClient, startedBy, startedAt, holdsUntil, plannedUntil } = topUp
  const done = counts.total - counts.waiting
  const text = t('progress', { ...counts, done })
  return (
    <li className="flex flex-col gap-2 px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <StatusPill {...LOOKS[state]}>{t(`state.${state}`)}</StatusPill>
          <span className="font-medium wrap-anywhere">{apiClient?.name ?? t('all')}</span>
          <span className="text-[0.8125rem] text-muted">
            {startedBy ?? t('nobody')}
            {', '}
            <RelativeTime at={startedAt} now={now} />
          </span>
        </div>
        {state === 'running' && mayCancel && <CancelButton topUp={topUp} />}
      </div>
      {state === 'running' && <Progress label={t('label')} value={done} max={counts.total} valueText={text} />}
      <p className="text-[0.8125rem] text-muted tabular-nums">
        {text}
        {state === 'running' && counts.waiting > 0 && ` ${t('until', { at: clock(plannedUntil) })}`}
        {state !== 'running' && holdsUntil !== null && ` ${t('holds', { at: clock(holdsUntil) })}`}
      </p>
    </li>
  )
}

function CancelButton({ topUp: { id, counts } }: { topUp: TopUp }) {
  const t = useTranslations('topUps.cancel')
  const { mutateAsync, error } = useCancelTopUp()
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{t('open')}</Button>}
      title={t('title')}
      consequence={t('consequence', { waiting: counts.waiting })}
      confirmLabel={t('confirm')}
      cancelLabel={t('keep')}
      error={error === null ? undefined : <ProblemAlert error={error} />}
      onConfirm={() => mutateAsync(id)}
    />
  )
}
