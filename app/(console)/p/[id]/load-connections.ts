import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { findOfProperty } from '@/server/connections/find-of-property'

/** The connections of the property in the address, once for layout, page and title. */
export const loadConnections = cache(async (spelled: string) => {
  const viewer = await loadPageData(() => requirePageViewer('connections:read'))
  return loadPageData(() => findOfProperty(viewer, propertyOf(spelled)))
})

/** As Octorate spells it: Next hands it over as it stands in the address. */
export function propertyOf(spelled: string): string {
  try {
    return decodeURIComponent(spelled)
  } catch {
    notFound()
  }
}
