'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { AuditQuery } from '@/contracts/audit'
import { auditHref, parseAuditQuery } from './audit-query'

type Change = { readonly [K in keyof AuditQuery]?: AuditQuery[K] | undefined }

export type AuditFilters = {
  query: AuditQuery
  /** Every change begins at the newest entry, unless it names a page. */
  change: (change: Change) => void
}

/** The log's query, which lives in the address alone: it can be shared, and the back button brings it back. */
export function useAuditQuery(): AuditFilters {
  const search = useSearchParams().toString()
  const query = useMemo(() => parseAuditQuery(Object.fromEntries([...new URLSearchParams(search)].reverse())), [search])
  const change: AuditFilters['change'] = (changed) => {
    const merged = { ...query, before: undefined, ...changed }
    const next = parseAuditQuery(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== '')))
    // Next keeps useSearchParams in step with the browser's own history, without a round trip for the page.
    window.history.pushState(null, '', auditHref(next))
  }
  return { query, change }
}
