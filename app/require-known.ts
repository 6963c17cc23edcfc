import 'server-only'
import { notFound } from 'next/navigation'
import type { Permission } from '@/contracts/permissions'
import { isUuid } from '@/lib/ids'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import type { Viewer } from '@/server/auth/viewer'
import { loadPageData } from './load-page-data'

interface Known {
  readonly params: Promise<{ id: string }>
  readonly permission: Permission
  /** Throws `not_found`, whether it is not there or not theirs. */
  readonly require: (viewer: Viewer, id: string) => Promise<unknown>
}

/**
 * For the layout around one thing's page: looks whether it is there before the first byte is sent. Inside the page it
 * would be too late, because its skeleton has begun the answer, with status 200. No loading.tsx may stand above.
 */
export async function requireKnown({ params, permission, require }: Known): Promise<void> {
  const viewer = await loadPageData(() => requirePageViewer(permission))
  const { id } = await params
  if (!isUuid(id)) notFound()
  await loadPageData(() => require(viewer, id))
}
