'use client'

import { useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { FilterSelect } from '@/components/filter-select'
import { LiveRegion } from '@/components/live-region'
import { Pagination } from '@/components/pagination'
import { SearchInput } from '@/components/search-input'
import { Button } from '@/components/ui/button'
import type { CampaignDetail } from '@/contracts/campaigns'
import { ProblemState } from '../problem-state'
import { campaignQueries } from './queries'
import { SHOWN_STATES } from './state-looks'
import { useRecipientColumns } from './use-recipient-columns'
import type { Shown } from './use-recipient-query'

type RecipientsPartProps = { campaign: CampaignDetail; shown: Shown; now: string }

/** Everybody who was asked, searched and filtered by the server, as the address says. */
export function RecipientsPart({ campaign, shown: { query, change }, now }: RecipientsPartProps) {
  const t = useTranslations('campaigns')
  const { data: page, error, isFetching, isPlaceholderData, refetch } = useQuery(campaignQueries.recipients(campaign.id, query))
  const columns = useRecipientColumns(now)
  const isFiltered = query.q !== undefined || query.state !== undefined
  const clear = () => change({ q: undefined, state: undefined })
  const search = (text: string) => {
    const q = text.trim().slice(0, MOST_SEARCH_CHARACTERS)
    // One search is one step of the back button, however many letters it took.
    if (q !== (query.q ?? '')) change({ q: q === '' ? undefined : q }, { replace: query.q !== undefined && q !== '' })
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput label={t('recipients.search')} value={query.q ?? ''} onSearch={search} clearLabel={t('recipients.clearSearch')} className="sm:max-w-sm" />
        <FilterSelect
          label={t('recipients.stateFilter')}
          value={query.state ?? ''}
          options={[{ value: '', label: t('recipients.anyState') }, ...SHOWN_STATES.map((value) => ({ value, label: `${t(`recipientState.${value}`)} (${campaign.counts[value]})` }))]}
          onChange={(value) => change({ state: SHOWN_STATES.find((state) => state === value) })}
          className="max-w-full max-sm:grow"
        />
        {isFiltered && (
          <Button variant="ghost" onClick={clear}>
            {t('recipients.clearAll')}
          </Button>
        )}
      </div>
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      {(page !== undefined || error === null) && (
        <DataTable
          // A new page begins at its top.
          key={query.page}
          caption={t('recipients.caption')}
          columns={columns}
          rows={page?.items ?? []}
          rowId={(row) => row.id}
          isLoading={page === undefined}
          isRefreshing={isPlaceholderData}
          empty={
            <EmptyState icon={<SearchX />} title={t('recipients.noMatch')} action={<Button onClick={clear}>{t('recipients.clearAll')}</Button>}>
              {t('recipients.noMatchText')}
            </EmptyState>
          }
          labels={{ loading: t('recipients.loading') }}
        />
      )}
      {page !== undefined && page.total > 0 && (
        <Pagination
          previous={page.page > 1 ? { onSelect: () => change({ page: page.page - 1 }) } : null}
          next={page.hasNext ? { onSelect: () => change({ page: page.page + 1 }) } : null}
          summary={t('recipients.summary', { shown: page.items.length, total: page.total })}
          labels={{ pages: t('recipients.pages'), previous: t('list.previous'), next: t('list.next') }}
        />
      )}
      <LiveRegion message={page !== undefined && !isPlaceholderData && isFiltered ? t('recipients.found', { total: page.total }) : ''} />
    </div>
  )
}

const MOST_SEARCH_CHARACTERS = 100
