'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { formatDuration } from '@/components/format-time'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { toast } from '@/components/ui/toast-store'
import type { ConnectionDetail } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import type { Role } from '@/contracts/permissions'
import { showInvisible } from '@/lib/text/show-invisible'
import { FreezeBanners } from '../freezes/freeze-banners'
import { FreezeButton } from '../freezes/freeze-button'
import { ProblemState } from '../problem-state'
import { DifferenceAlert } from '../links/difference-alert'
import { ReconnectLinkDialog } from '../links/reconnect-link-dialog'
import { connectionActs, isLinkFirst } from './connection-acts'
import { ConnectionActButton } from './connection-act-button'
import { ConnectionBanner } from './connection-banner'
import { ConnectionEnvironmentStrip } from './connection-environment'
import { ConnectionFacts } from './connection-facts'
import { ConnectionSkeleton } from './connection-skeleton'
import { ConnectionStatusPill } from './connection-status-pill'
import { useRefreshConnection } from './mutations'
import { NetworkBadge } from './network-badge'
import { PausedBanner } from './pause-refresh'
import { connectionQueries } from './queries'
import { useRenewedExchange } from './use-renewed-exchange'

export type ConnectionScreenProps = {
  id: string
  /** The server's instant of rendering. */
  now: string
  role: Role
  /** The address at which back ends reach the console. */
  consoleUrl: string
  /** The exchange strip of the consent flow that made it, and that flow's id. */
  exchange: ReactNode
  exchangeId: string | null
}

/** One connection: how it is, what it covers, where its tokens came from, and what one can do. */
export function ConnectionScreen({ id, now, role, consoleUrl, exchange, exchangeId }: ConnectionScreenProps) {
  const { data, error, isFetching, refetch } = useQuery(connectionQueries.detail(id))
  useRenewedExchange(data, exchangeId)
  const problem = error !== null && (
    <ProblemState
      error={error}
      variant={data === undefined ? 'page' : 'inline'}
      onRetry={() => void refetch()}
      retrying={isFetching}
    />
  )
  if (data === undefined) return problem || <ConnectionSkeleton />
  return <Shown connection={data} now={now} role={role} consoleUrl={consoleUrl} exchange={exchange} problem={problem} />
}

type ShownProps = Pick<ConnectionScreenProps, 'now' | 'role' | 'consoleUrl' | 'exchange'> & { connection: ConnectionDetail; problem: ReactNode }

function Shown({ connection, now, role, consoleUrl, exchange, problem }: ShownProps) {
  const t = useTranslations('connections')
  const refresh = useRefreshConnection(connection.id)
  const name = showInvisible(connection.name)
  const acts = connectionActs(connection, role)

  const refreshNow = () =>
    refresh.mutate(undefined, {
      onSuccess: (renewed) => toast.success(t('actions.refreshed', { name }), { description: lifeOf(renewed, t) }),
    })
  const button = (act: (typeof acts.header)[number], primary: boolean) => (
    <ConnectionActButton
      key={act}
      act={act}
      connection={connection}
      primary={primary}
      onRefresh={refreshNow}
      refreshing={refresh.isPending}
    />
  )
  // The banner's act is the primary one when there is a banner; disconnecting never is.
  const primary = acts.banner === null ? acts.header.find((act) => act !== 'disconnect') : undefined
  const others = acts.header.filter((act) => act !== primary).toReversed()
  const { authorization } = connection
  const linkFirst = isLinkFirst(connection, role)
  const bannerAction = acts.banner !== null && (
    <>
      {linkFirst && <ReconnectLinkDialog connection={connection} now={now} primary />}
      {button(acts.banner, !linkFirst)}
    </>
  )
  return (
    <>
      <ConnectionEnvironmentStrip environment={connection.environment} />
      <PageHeader
        breadcrumb={[{ label: t('detail.breadcrumb'), href: pages.connections() }, { label: name }]}
        breadcrumbLabel={t('detail.where')}
        title={name}
        description={t('octorateId', { id: showInvisible(connection.upstreamId) })}
        badges={
          <>
            <ConnectionStatusPill status={connection.status} cause={connection.cause} />
            <NetworkBadge isNetwork={connection.isNetwork} propertyCount={connection.propertyCount} />
          </>
        }
        secondary={
          <>
            {connection.status !== 'disconnected' && <FreezeButton kind="connection" id={connection.id} name={name} role={role} />}
            {others.map((act) => button(act, false))}
          </>
        }
        action={primary === undefined ? undefined : button(primary, true)}
      />
      {problem}
      {refresh.error !== null && <ProblemState variant="inline" error={refresh.error} />}
      <FreezeBanners thing={{ ids: [connection.id, connection.apiClient.id], environment: connection.environment }} now={now} role={role} />
      <PausedBanner connection={connection} role={role} now={now} />
      <ConnectionBanner connection={connection} now={now} action={bannerAction} />
      {authorization?.difference && <DifferenceAlert difference={authorization.difference} />}
      <ConnectionFacts connection={connection} now={now} role={role} exchange={exchange} consoleUrl={consoleUrl} />
      <LiveRegion message={refresh.isPending ? t('actions.refreshing') : ''} />
    </>
  )
}

/** How long the new token lives, in words; by Octorate's own instants, for the browser's clock may be off. */
function lifeOf({ accessIssuedAt, accessExpiresAt }: ConnectionDetail, t: ReturnType<typeof useTranslations<'connections'>>) {
  if (accessIssuedAt === null || accessExpiresAt === null) return undefined
  return t('actions.refreshedUntil', { left: formatDuration(Date.parse(accessExpiresAt) - Date.parse(accessIssuedAt)) })
}
