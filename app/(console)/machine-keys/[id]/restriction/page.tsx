import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { KeyRestrictionScreen } from '@/features/key-restrictions/key-restriction-screen'
import { keyRestrictionQueries } from '@/features/key-restrictions/queries'
import { machineKeyQueries } from '@/features/machine-keys/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { requestContext } from '@/server/http/request-context'
import { getKeyRestriction } from '@/server/key-restrictions/get-key-restriction'
import { getMachineKey } from '@/server/machine-keys/get-machine-key'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('keyRestrictions')('title') }

export default async function KeyRestrictionPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await loadPageData(() => requirePageViewer('machine-keys:manage'))
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  const who = { ...viewer, context: requestContext(await headers()) }
  await loadPageData(async () => {
    client.setQueryData(machineKeyQueries.detail(id).queryKey, await getMachineKey(viewer, id))
    client.setQueryData(keyRestrictionQueries.list(id).queryKey, await getKeyRestriction(who, id))
  })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <KeyRestrictionScreen machineKeyId={id} now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
