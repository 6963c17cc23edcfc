'use client'

import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { Button } from '@/components/ui/button'
import { AUDIT_OUTCOMES } from '@/contracts/audit'
import { AUDIT_ACTIONS } from '@/contracts/audit-actions'
import { actionName } from './action-name'
import { isFiltered } from './audit-query'
import { DayInput } from './day-input'
import type { AuditFilters } from './use-audit-query'

const ALL = ''

/** Filters over the log; what was chosen in an entry can be taken back here too. */
export function AuditToolbar({ query, change }: AuditFilters) {
  const t = useTranslations('audit')
  const chosen = (['actor', 'target', 'request'] as const).filter((name) => query[name] !== undefined)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterSelect
        label={t('filters.action')}
        value={query.action ?? ALL}
        options={[{ value: ALL, label: t('filters.all') }, ...AUDIT_ACTIONS.map((value) => ({ value, label: actionName(value) }))]}
        onChange={(value) => change({ action: AUDIT_ACTIONS.find((action) => action === value) })}
        className="max-w-full"
      />
      <FilterSelect
        label={t('filters.outcome')}
        value={query.outcome ?? ALL}
        options={[{ value: ALL, label: t('filters.all') }, ...AUDIT_OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))]}
        onChange={(value) => change({ outcome: AUDIT_OUTCOMES.find((outcome) => outcome === value) })}
      />
      <DayInput label={t('filters.from')} value={query.from} onChange={(from) => change({ from })} />
      <DayInput label={t('filters.to')} value={query.to} onChange={(to) => change({ to })} />
      {chosen.map((name) => (
        <Button key={name} size="sm" onClick={() => change({ [name]: undefined })}>
          {t(`filters.without.${name}`)}
        </Button>
      ))}
      {isFiltered(query) && (
        <Button
          variant="ghost"
          onClick={() =>
            change({ action: undefined, outcome: undefined, actor: undefined, target: undefined, request: undefined, from: undefined, to: undefined })
          }
        >
          {t('filters.clear')}
        </Button>
      )}
    </div>
  )
}
