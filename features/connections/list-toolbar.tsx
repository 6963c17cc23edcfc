'use client'

import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { SearchInput } from '@/components/search-input'
import { Button } from '@/components/ui/button'
import { connectionStatusSchema } from '@/contracts/connections'
import { isFiltered, MOST_SEARCH_CHARACTERS } from './connection-query'
import type { ListQuery } from './use-list-query'

export type ApiClientChoice = { id: string; name: string }

type ListToolbarProps = ListQuery & { apiClients: readonly ApiClientChoice[] }

/** Search and filters over the list. */
export function ListToolbar({ query, change, apiClients }: ListToolbarProps) {
  const t = useTranslations('connections.list')
  const statusText = useTranslations('connections.status')
  const search = (text: string) => {
    const q = text.trim().slice(0, MOST_SEARCH_CHARACTERS)
    // One search is one step of the back button, however many letters it took.
    if (q !== (query.q ?? '')) change({ q }, { replace: query.q !== undefined && q !== '' })
  }
  const statuses = connectionStatusSchema.options.map((value) => ({ value, label: statusText(value) }))
  const clients = withChosen(apiClients, query.apiClient)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput label={t('search')} value={query.q ?? ''} onSearch={search} clearLabel={t('clearSearch')} />
      <FilterSelect
        label={t('statusFilter')}
        value={query.status ?? ''}
        options={[{ value: '', label: t('anyStatus') }, ...statuses]}
        onChange={(value) => change({ status: statuses.find((choice) => choice.value === value)?.value })}
        className="max-sm:grow"
      />
      {clients.length > 1 && (
        <FilterSelect
          label={t('apiClientFilter')}
          value={query.apiClient ?? ''}
          options={[{ value: '', label: t('anyApiClient') }, ...clients.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(value) => change({ apiClient: value === '' ? undefined : value })}
          className="max-w-full max-sm:grow"
        />
      )}
      {isFiltered(query) && (
        <Button variant="ghost" onClick={() => change({ q: undefined, status: undefined, bucket: undefined, apiClient: undefined })}>
          {t('clearAll')}
        </Button>
      )}
    </div>
  )
}

/** A shared address may name an API client that is gone: the filter says so rather than hiding that it holds. */
function withChosen(apiClients: readonly ApiClientChoice[], chosen: string | undefined): readonly ApiClientChoice[] {
  if (chosen === undefined || apiClients.some(({ id }) => id === chosen)) return apiClients
  return [...apiClients, { id: chosen, name: chosen }]
}
