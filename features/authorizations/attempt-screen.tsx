'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { StatusPill } from '@/components/status-pill'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { Tone } from '@/components/ui/tone'
import { useServerClock } from '@/components/use-server-clock'
import type { AuthorizationDetail } from '@/contracts/authorizations'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { WrongPropertyAlert } from '../links/wrong-property-alert'
import { ProblemState } from '../problem-state'
import { AttemptFacts } from './attempt-facts'
import { AttemptOutcome } from './attempt-outcome'
import { AttemptSkeleton } from './attempt-skeleton'
import { ExchangeStrip } from './exchange-strip'
import { authorizationQueries } from './queries'

export type AttemptScreenProps = {
  id: string
  /** The server's instant of rendering. */
  now: string
  role: Role
}

const TONES = {
  waiting: 'info',
  working: 'accent',
  connected: 'success',
  failed: 'danger',
  expired: 'warning',
} as const satisfies Record<AuthorizationDetail['status'], Tone>

/** One walk through the consent flow: how it stands or ended, whose turn it is, and what went to and fro. */
export function AttemptScreen({ id, now, role }: AttemptScreenProps) {
  const t = useTranslations('authorizations.attempt')
  const { data, error, isFetching, refetch } = useQuery(authorizationQueries.detail(id))
  useServerClock(now)
  const problem = error !== null && (
    <ProblemState
      error={error}
      variant={data === undefined ? 'page' : 'inline'}
      onRetry={() => void refetch()}
      retrying={isFetching}
    />
  )
  if (data === undefined) return problem || <AttemptSkeleton />
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('breadcrumb'), href: pages.connections() }, { label: t('title') }]}
        title={t('titleOf', { name: data.apiClient.name })}
        badges={<StatusPill tone={TONES[data.status]}>{t(`status.${data.status}`)}</StatusPill>}
      />
      {problem}
      <LiveRegion message={t(`status.${data.status}`)} />
      <AttemptOutcome attempt={data} role={role} />
      {data.quarantineId !== null && roleMay(role, 'links:send') && <WrongPropertyAlert id={data.quarantineId} now={now} />}
      <Card>
        <CardHeader>
          <CardTitle>{t('exchange')}</CardTitle>
          <CardDescription>{t('exchangeText')}</CardDescription>
        </CardHeader>
        <CardContent className="flex flex-col gap-5">
          <ExchangeStrip steps={data.steps} flow={data.status} now={now} />
          <AttemptFacts attempt={data} now={now} />
        </CardContent>
      </Card>
    </>
  )
}
