'use client'

import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { SearchInput } from '@/components/search-input'
import { Button } from '@/components/ui/button'
import { machineKeyQuerySchema, type MachineKeyQuery } from '@/contracts/machine-keys'
import type { UrlQuery } from '../url-query/use-url-query'

/** Longest text that may be searched for. */
const MOST_SEARCH_CHARACTERS = 100
const SHOWN = machineKeyQuerySchema.shape.show.unwrap().options

/** Search and filter over the list. */
export function ListToolbar({ query, change }: UrlQuery<MachineKeyQuery>) {
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

/** Whether anything but the default narrows or widens the list; its order does not. */
export function isFiltered({ q, show }: MachineKeyQuery): boolean {
  return q !== undefined || show !== machineKeyQuerySchema.parse({}).show
}
