'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { useServerClock } from '@/components/use-server-clock'
import type { KeyRestriction } from '@/contracts/key-restrictions'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { CheckCard } from '../address-lists/check-card'
import { CoverageCard } from '../address-lists/coverage-card'
import { ListCard } from '../address-lists/list-card'
import { ReviewAlert } from '../address-lists/review-alert'
import { KeyEnvironmentBadge } from '../machine-keys/key-environment'
import { KeyStatePill } from '../machine-keys/key-state-pill'
import { machineKeyQueries } from '../machine-keys/queries'
import { ProblemState } from '../problem-state'
import { keyRestrictionCalls } from './key-restriction-calls'
import { ModeCard } from './mode-card'
import { OtherListNote } from './other-list-note'
import { keyRestrictionQueries } from './queries'
import { ReplayCard } from './replay-card'
import { YourAddressAlert } from './your-address-alert'

type KeyRestrictionScreenProps = { machineKeyId: string; now: string; role: Role }

/** From where one machine key may be used: the list, whether it is enforced, and what it would have done. */
export function KeyRestrictionScreen({ machineKeyId, now, role }: KeyRestrictionScreenProps) {
  const machineKey = useQuery(machineKeyQueries.detail(machineKeyId))
  const { data: list, error, isFetching, refetch } = useQuery(keyRestrictionQueries.list(machineKeyId))
  useServerClock(now)
  return (
    <>
      {machineKey.data !== undefined && <Header machineKey={machineKey.data} />}
      {error !== null && <ProblemState error={error} variant={list === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {list !== undefined && <Content machineKeyId={machineKeyId} list={list} now={now} mayBeWide={roleMay(role, 'ip-whitelists:wide')} />}
    </>
  )
}

function Header({ machineKey: { id, name, state, environment } }: { machineKey: MachineKeyDetail }) {
  const t = useTranslations('keyRestrictions')
  const keys = useTranslations('machineKeys')
  return (
    <PageHeader
      breadcrumb={[{ label: keys('title'), href: pages.machineKeys() }, { label: name, href: pages.machineKey(id) }, { label: t('title') }]}
      title={t('titleOf', { name })}
      description={t('description')}
      badges={
        <>
          <KeyStatePill state={state} />
          <KeyEnvironmentBadge environment={environment} />
        </>
      }
    />
  )
}

function Content({ machineKeyId, list, now, mayBeWide }: { machineKeyId: string; list: KeyRestriction; now: string; mayBeWide: boolean }) {
  const calls = useMemo(() => keyRestrictionCalls(machineKeyId), [machineKeyId])
  return (
    <>
      <OtherListNote />
      <YourAddressAlert list={list} />
      <ReviewAlert calls={calls} entries={list.entries} />
      <ModeCard machineKeyId={machineKeyId} list={list} now={now} mayBeWide={mayBeWide} />
      <ListCard calls={calls} list={list} kind="restriction" mayBeWide={mayBeWide} now={now} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <CoverageCard coverage={list.coverage} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <CheckCard calls={calls} />
          <ReplayCard machineKeyId={machineKeyId} entries={list.entries} now={now} />
        </div>
      </div>
    </>
  )
}
