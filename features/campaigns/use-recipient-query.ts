'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { RecipientQuery } from '@/contracts/campaigns'
import { campaignHref, parseRecipientQuery, type CampaignTab } from './campaign-query'

export interface Shown {
  readonly tab: CampaignTab
  readonly query: RecipientQuery
  /** Every change begins at the first page, unless it names a page. `replace` adds no step for the back button. */
  readonly change: (part: { tab?: CampaignTab } & { readonly [K in keyof RecipientQuery]?: RecipientQuery[K] | undefined }, options?: { replace: boolean }) => void
}

/** What of a campaign is shown, as its address says. */
export function useRecipientQuery(id: string): Shown {
  const search = useSearchParams().toString()
  const { tab, query } = useMemo(() => parseRecipientQuery(Object.fromEntries([...new URLSearchParams(search)].reverse())), [search])
  const change: Shown['change'] = ({ tab: nextTab = tab, ...part }, { replace } = { replace: false }) => {
    const merged = Object.entries({ ...query, page: 1, ...part }).filter(([, value]) => value !== undefined)
    const next = parseRecipientQuery(Object.fromEntries(merged.map(([name, value]) => [name, String(value)])))
    window.history[replace ? 'replaceState' : 'pushState'](null, '', campaignHref(id, { ...next, tab: nextTab }))
  }
  return { tab, query, change }
}
