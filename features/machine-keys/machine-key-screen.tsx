'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { useServerClock } from '@/components/use-server-clock'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { FactsCard } from './facts-card'
import { HandOutsCard } from './hand-outs-card'
import { KeyBanner } from './key-banner'
import { KeyEnvironmentBadge } from './key-environment'
import { KeyStatePill } from './key-state-pill'
import { machineKeyQueries } from './queries'
import { RevokeButton } from './revoke-button'
import { RightsCard } from './rights-card'
import { RotateDialog } from './rotate-dialog'
import { UseCard } from './use-card'

export type MachineKeyScreenProps = {
  id: string
  /** The server's instant of rendering. */
  now: string
  /** Where back ends find Keyrack. */
  publicUrl: string
}

/** One machine key: what it may do, how it is used, and how it ends. */
export function MachineKeyScreen({ id, now, publicUrl }: MachineKeyScreenProps) {
  const { data, error, isFetching, refetch } = useQuery(machineKeyQueries.detail(id))
  useServerClock(now)
  return (
    <>
      {error !== null && (
        <ProblemState
          error={error}
          variant={data === undefined ? 'page' : 'inline'}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data !== undefined && <Content machineKey={data} now={now} publicUrl={publicUrl} />}
    </>
  )
}

function Content({ machineKey, now, publicUrl }: { machineKey: MachineKeyDetail; now: string; publicUrl: string }) {
  const t = useTranslations('machineKeys')
  const { name, environment, state, replacedById } = machineKey
  const isLetIn = state === 'active' || state === 'ending'
  // Somebody else's personal key is replaced by them alone.
  const mayRotate = state !== 'revoked' && replacedById === null && machineKey.belongsTo !== 'person'
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('title'), href: pages.machineKeys() }, { label: name }]}
        title={name}
        badges={
          <>
            <KeyStatePill state={state} />
            <KeyEnvironmentBadge environment={environment} />
          </>
        }
        secondary={isLetIn ? <RevokeButton machineKey={machineKey} now={now} /> : undefined}
        // A rotation ends in a dialog that shows the successor, while this key is replaced already: its button stays till then.
        action={<RotateDialog machineKey={machineKey} now={now} publicUrl={publicUrl} isOffered={mayRotate} />}
      />
      <KeyBanner machineKey={machineKey} now={now} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <FactsCard machineKey={machineKey} now={now} />
          <UseCard machineKey={machineKey} now={now} publicUrl={publicUrl} />
        </div>
        <RightsCard machineKey={machineKey} />
      </div>
      <HandOutsCard id={machineKey.id} now={now} />
    </>
  )
}
