'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo, useSyncExternalStore } from 'react'
import { newCampaignHref, parseCampaignFilter, parseChosenIds, type CampaignFilter } from './campaign-query'

export interface Selection {
  readonly filter: CampaignFilter
  /** Connections that were chosen by hand; null while the filter chooses. */
  readonly connectionIds: readonly string[] | null
  /** Chooses by this filter. */
  readonly change: (filter: { readonly [K in keyof CampaignFilter]?: CampaignFilter[K] | undefined }) => void
}

/** Which connections a new campaign is for, as its address says. */
export function useSelection(): Selection {
  const search = useSearchParams().toString()
  const hash = useSyncExternalStore(onHashChange, () => window.location.hash, () => '')
  const filter = useMemo(() => parseCampaignFilter(Object.fromEntries([...new URLSearchParams(search)].reverse())), [search])
  const connectionIds = useMemo(() => parseChosenIds(hash), [hash])
  const change: Selection['change'] = (changed) => {
    const next = parseCampaignFilter(Object.fromEntries(Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== undefined)))
    window.history.replaceState(null, '', newCampaignHref(next))
    window.dispatchEvent(new Event('hashchange'))
  }
  return { filter, connectionIds, change }
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
