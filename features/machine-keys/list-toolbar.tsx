'use client'

import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { SearchInput } from '@/components/search-input'
import { Button } from '@/components/ui/button'
import { machineKeyQuerySchema } from '@/contracts/machine-keys'
import { isFiltered, MOST_SEARCH_CHARACTERS } from './key-query'
import type { ListQuery } from './use-list-query'

const SHOWN = machineKeyQuerySchema.shape.show.unwrap().options

/** Search and filter over the list. */
export function ListToolbar({ query, change }: ListQuery) {
  const t = useTranslations('machineKeys.list')
  const search = (text: string) => {
    const q = text.trim().slice(0, MOST_SEARCH_CHARACTERS)
    // One search is one step of the back button, however many letters it took.
    if (q !== (query.q ?? '')) change({ q }, { replace: query.q !== undefined && q !== '' })
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput label={t('search')} value={query.q ?? ''} onSearch={search} clearLabel={t('clearSearch')} className="sm:max-w-sm" />
      <FilterSelect
        label={t('show')}
        value={query.show}
        options={SHOWN.map((value) => ({ value, label: t(`showing.${value}`) }))}
        onChange={(value) => change({ show: SHOWN.find((choice) => choice === value) })}
        className="max-sm:grow"
      />
      {isFiltered(query) && (
        <Button variant="ghost" onClick={() => change({ q: undefined, show: undefined })}>
          {t('clearAll')}
        </Button>
      )}
    </div>
  )
}
