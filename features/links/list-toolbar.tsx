'use client'

import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { SearchInput } from '@/components/search-input'
import { Button } from '@/components/ui/button'
import { LINK_KINDS } from '@/contracts/links'
import { LINK_STATES } from '@/lib/links/link-state'
import { isFiltered, MOST_SEARCH_CHARACTERS } from './link-query'
import type { ListQuery } from './use-list-query'

/** Search and filters over the list. */
export function ListToolbar({ query, change }: ListQuery) {
  const t = useTranslations('links')
  const search = (text: string) => {
    const q = text.trim().slice(0, MOST_SEARCH_CHARACTERS)
    // One search is one step of the back button, however many letters it took.
    if (q !== (query.q ?? '')) change({ q }, { replace: query.q !== undefined && q !== '' })
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput label={t('list.search')} value={query.q ?? ''} onSearch={search} clearLabel={t('list.clearSearch')} className="sm:max-w-sm" />
      <FilterSelect
        label={t('list.stateFilter')}
        value={query.state ?? ''}
        options={[
          { value: '', label: t('list.anyState') },
          { value: 'open', label: t('list.open') },
          ...LINK_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
        ]}
        onChange={(value) => change({ state: (['open', ...LINK_STATES] as const).find((state) => state === value) })}
        className="max-sm:grow"
      />
      <FilterSelect
        label={t('list.kindFilter')}
        value={query.kind ?? ''}
        options={[{ value: '', label: t('list.anyKind') }, ...LINK_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))]}
        onChange={(value) => change({ kind: LINK_KINDS.find((kind) => kind === value) })}
        className="max-sm:grow"
      />
      {isFiltered(query) && (
        <Button variant="ghost" onClick={() => change({ q: undefined, state: undefined, kind: undefined, connection: undefined })}>
          {t('list.clearAll')}
        </Button>
      )}
    </div>
  )
}
