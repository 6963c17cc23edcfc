import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { MachineKeyScreen } from '@/features/machine-keys/machine-key-screen'
import { machineKeyQueries } from '@/features/machine-keys/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getMachineKey } from '@/server/machine-keys/get-machine-key'
import { getRuntime } from '@/server/runtime'

type Props = { params: Promise<{ id: string }> }

/** Once per request: the title and the page need the same. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer('machine-keys:manage'))
  if (!isUuid(id)) notFound()
  return loadPageData(() => getMachineKey(viewer, id))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await load((await params).id)
  return { title: name }
}

export default async function MachineKeyPage({ params }: Props) {
  const machineKey = await load((await params).id)
  const client = makeQueryClient()
  client.setQueryData(machineKeyQueries.detail(machineKey.id).queryKey, machineKey)
  const { clock, publicUrl } = getRuntime()
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <MachineKeyScreen id={machineKey.id} now={clock().toISOString()} publicUrl={publicUrl} />
    </HydrationBoundary>
  )
}
