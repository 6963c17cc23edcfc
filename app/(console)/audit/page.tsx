import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { roleMay } from '@/contracts/permissions'
import { parseAuditQuery } from '@/features/audit/audit-query'
import { AuditScreen } from '@/features/audit/audit-screen'
import { auditQueries } from '@/features/audit/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { listAudit } from '@/server/audit/list-audit'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('audit')('title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('audit:read'))
  const query = parseAuditQuery(await searchParams)
  const client = makeQueryClient()
  client.setQueryData(auditQueries.list(query).queryKey, await loadPageData(() => listAudit(viewer, query)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AuditScreen now={getRuntime().clock().toISOString()} mayExport={roleMay(viewer.role, 'audit:export')} />
    </HydrationBoundary>
  )
}
