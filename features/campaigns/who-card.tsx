'use client'

import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { SearchInput } from '@/components/search-input'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { CONNECTION_BUCKETS, connectionStatusSchema } from '@/contracts/connections'
import { CheckResult } from './check-result'
import type { Selection } from './use-selection'

export type ApiClientChoice = { id: string; name: string }

/** Which connections are asked, and what comes of that choice before anything is sent. */
export function WhoCard({ selection, apiClients }: { selection: Selection; apiClients: readonly ApiClientChoice[] }) {
  const t = useTranslations('campaigns.new')
  const { connectionIds, change } = selection
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('who')}</CardTitle>
        <CardDescription>{connectionIds === null ? t('whoText') : t('whoChosen', { count: connectionIds.length })}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        {connectionIds === null ? (
          <Filters selection={selection} apiClients={apiClients} />
        ) : (
          <Button className="self-start" onClick={() => change({})}>
            {t('byFilter')}
          </Button>
        )}
        <CheckResult selection={selection} />
      </CardContent>
    </Card>
  )
}

function Filters({ selection: { filter, change }, apiClients }: { selection: Selection; apiClients: readonly ApiClientChoice[] }) {
  const t = useTranslations('connections')
  const statuses = connectionStatusSchema.options.map((value) => ({ value, label: t(`status.${value}`) }))
  const buckets = CONNECTION_BUCKETS.map((value) => ({ value, label: t(`buckets.names.${value}`) }))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput label={t('list.search')} value={filter.q ?? ''} onSearch={(q) => change({ q: q.trim() === '' ? undefined : q.trim().slice(0, 100) })} clearLabel={t('list.clearSearch')} className="sm:max-w-sm" />
      <FilterSelect
        label={t('list.statusFilter')}
        value={filter.status ?? ''}
        options={[{ value: '', label: t('list.anyStatus') }, ...statuses]}
        onChange={(value) => change({ status: statuses.find((choice) => choice.value === value)?.value })}
        className="max-sm:grow"
      />
      <FilterSelect
        label={t('buckets.label')}
        value={filter.bucket ?? ''}
        options={[{ value: '', label: t('list.anyStatus') }, ...buckets]}
        onChange={(value) => change({ bucket: buckets.find((choice) => choice.value === value)?.value })}
        className="max-w-full max-sm:grow"
      />
      {apiClients.length > 1 && (
        <FilterSelect
          label={t('list.apiClientFilter')}
          value={filter.apiClient ?? ''}
          options={[{ value: '', label: t('list.anyApiClient') }, ...apiClients.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(value) => change({ apiClient: value === '' ? undefined : value })}
          className="max-w-full max-sm:grow"
        />
      )}
    </div>
  )
}
