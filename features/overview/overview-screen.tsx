import { PageHeader } from '@/components/page-header'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import type { ApiClientSummary } from '@/contracts/api-clients'
import type { ConnectionSummary } from '@/contracts/connections'
import type { Freeze } from '@/contracts/freezes'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import type { TokenEnds } from '@/contracts/runway'
import type { ConnectionStatus } from '@/lib/connection-status'
import { translator } from '@/messages/translator'
import { OverviewFreezes } from '../freezes/overview-freezes'
import { RunwayBanner } from '../runway/runway-banner'
import { FirstSteps } from './first-steps'
import { NextToExpire } from './next-to-expire'
import { countWaiting, StatusCards } from './status-cards'
import { TokenEndsCard } from './token-ends-card'

export type OverviewScreenProps = {
  role: Role
  apiClients: readonly ApiClientSummary[]
  counts: { readonly total: number; readonly byStatus: Readonly<Record<ConnectionStatus, number>> }
  nextToExpire: readonly ConnectionSummary[]
  /** What stands frozen, the widest first. */
  freezes: readonly Freeze[]
  ends: TokenEnds
  now: string
}

/** What needs attention today; before the first connection, the way to it. */
export function OverviewScreen({ role, apiClients, counts, nextToExpire, freezes, ends, now }: OverviewScreenProps) {
  const t = translator('overview')
  if (counts.total === 0) {
    return (
      <>
        <PageHeader title={t('title')} />
        <OverviewFreezes freezes={freezes} now={now} role={role} />
        <FirstSteps apiClients={apiClients} role={role} />
      </>
    )
  }
  const { healthy } = counts.byStatus
  const connect = roleMay(role, 'connections:connect') && (
    <ButtonLink variant="primary" href={pages.newConnection()}>
      {t('connect')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} action={connect || undefined} />
      <OverviewFreezes freezes={freezes} now={now} role={role} />
      <RunwayBanner />
      {countWaiting(counts.byStatus) === 0 && healthy > 0 && freezes.length === 0 && (
        <Alert tone="success" title={t('counts.allGood')}>
          {t('counts.allGoodText', { count: healthy })}
        </Alert>
      )}
      <StatusCards byStatus={counts.byStatus} />
      <TokenEndsCard ends={ends} now={now} />
      <NextToExpire connections={nextToExpire} now={now} />
    </>
  )
}
