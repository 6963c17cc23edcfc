'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { RowLink } from '@/components/row-link'
import { Badge } from '@/components/ui/badge'
import type { MachineKeySummary } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'
import { KeyEnvironmentBadge } from './key-environment'
import { KeyExpiry } from './key-expiry'
import { KeyStatePill } from './key-state-pill'
import { KeyTail } from './key-tail'
import { LastUse } from './last-use'

type Texts = ReturnType<typeof useTranslations<'machineKeys'>>
type Row = { row: MachineKeySummary; t: Texts }

/** The columns of the list; the ids of those that sort are the contract's words for the order. */
export function useListColumns(now: string): readonly DataTableColumn<MachineKeySummary>[] {
  const t = useTranslations('machineKeys')
  return useMemo(() => columns(t, now), [t, now])
}

function columns(t: Texts, now: string): readonly DataTableColumn<MachineKeySummary>[] {
  return [
    { id: 'name', header: t('list.columns.name'), sortable: true, card: 'title', grow: true, cell: (row) => <Name row={row} t={t} /> },
    { id: 'environment', header: t('list.columns.environment'), cell: ({ environment }) => <KeyEnvironmentBadge environment={environment} /> },
    { id: 'rights', header: t('list.columns.rights'), from: 'lg', cell: (row) => <Rights row={row} t={t} /> },
    { id: 'last-used', header: t('list.columns.lastUsed'), sortable: true, cell: (row) => <LastUse machineKey={row} now={now} /> },
    { id: 'expires', header: t('list.columns.expires'), sortable: true, cell: (row) => <KeyExpiry machineKey={row} now={now} /> },
    {
      id: 'created',
      header: t('list.columns.created'),
      sortable: true,
      from: 'xl',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} now={now} />,
    },
  ]
}

function Name({ row, t }: Row) {
  return (
    <span className="flex min-w-0 flex-col items-start gap-0.5">
      <RowLink href={pages.machineKey(row.id)} className="wrap-anywhere">
        {row.name}
      </RowLink>
      <KeyTail environment={row.environment} last4={row.last4} className="text-muted" />
      {/* Most of them are: then it need not be said. */}
      {row.state !== 'active' && <KeyStatePill state={row.state} />}
      {row.belongsTo !== 'organization' && <Badge>{t(`belongsTo.${row.belongsTo}`)}</Badge>}
      {row.rotateBy !== null && isLetIn(row) && <Badge tone="warning">{t('list.makerLeft')}</Badge>}
    </span>
  )
}

function isLetIn({ state }: MachineKeySummary): boolean {
  return state === 'active' || state === 'ending'
}

function Rights({ row: { scopes, addresses, properties }, t }: Row) {
  const [scope, ...moreScopes] = scopes
  const [address, ...moreAddresses] = addresses
  return (
    <span className="flex flex-col whitespace-nowrap max-sm:items-end">
      <span>{scope && moreScopes.length === 0 ? t(`scopes.${scope}`) : t('list.scopeCount', { count: scopes.length })}</span>
      {address && (
        <Limit>{moreAddresses.length === 0 ? t('from', { address }) : t('list.addressCount', { count: addresses.length })}</Limit>
      )}
      {properties.length > 0 && <Limit>{t('list.propertyCount', { count: properties.length })}</Limit>}
    </span>
  )
}

function Limit({ children }: { children: string }) {
  return <span className="text-[0.8125rem] text-muted">{children}</span>
}
