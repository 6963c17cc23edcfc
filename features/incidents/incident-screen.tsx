'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useServerClock } from '@/components/use-server-clock'
import type { Incident } from '@/contracts/incidents'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemState } from '../problem-state'
import { PageSkeleton } from '../shell/page-skeleton'
import { CloseButton } from './close-button'
import { IncidentReport } from './incident-report'
import { IncidentStepItem } from './incident-step-item'
import { incidentQueries } from './queries'

type IncidentScreenProps = { id: string; now: string; role: Role }

/** One incident or drill: its steps in order, each as it is now, and who did what. `now` is the server's instant of rendering. */
export function IncidentScreen({ id, now, role }: IncidentScreenProps) {
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(incidentQueries.detail(id))
  const problem = error !== null && (
    <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
  )
  if (data === undefined) return problem || <PageSkeleton />
  return (
    <>
      <Header incident={data} now={now} role={role} />
      {problem}
      <Steps incident={data} now={now} role={role} />
      <IncidentReport incident={data} now={now} role={role} />
    </>
  )
}

type PartProps = { incident: Incident; now: string; role: Role }

function Header({ incident, now, role }: PartProps) {
  const t = useTranslations('incidents')
  const { kind, summary, openedBy, openedAt, closedBy, closedAt } = incident
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title'), href: pages.breach() }, { label: t(`kind.${kind}`) }]}
        title={summary}
        description={
          <>
            {t('detail.opened', { name: openedBy ?? t('somebody') })} <RelativeTime at={openedAt} now={now} />
            {closedAt !== null && (
              <>
                {' · '}
                {t('detail.closed', { name: closedBy ?? t('somebody') })} <RelativeTime at={closedAt} now={now} />
              </>
            )}
          </>
        }
        badges={
          <>
            <Badge tone={kind === 'real' ? 'danger' : 'info'}>{t(`kind.${kind}`)}</Badge>
            <StatusPill tone={closedAt === null ? 'warning' : 'success'}>{t(closedAt === null ? 'state.open' : 'state.closed')}</StatusPill>
          </>
        }
        action={closedAt === null && roleMay(role, 'incidents:decide') ? <CloseButton incident={incident} /> : undefined}
      />
      {kind === 'drill' && (
        <Alert tone="info" title={t('detail.drillTitle')}>
          {t('detail.drillText')}
        </Alert>
      )}
    </>
  )
}

function Steps({ incident, now, role }: PartProps) {
  const t = useTranslations('incidents.detail')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('steps')}</CardTitle>
        <CardDescription>{t('stepsText')}</CardDescription>
      </CardHeader>
      <CardContent>
        <ol className="flex flex-col divide-y">
          {incident.steps.map(({ step, settled }, index) => (
            <IncidentStepItem key={step} number={index + 1} step={step} settled={settled} incident={incident} now={now} role={role} />
          ))}
        </ol>
      </CardContent>
    </Card>
  )
}
