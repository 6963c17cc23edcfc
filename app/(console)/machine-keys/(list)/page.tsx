import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { machineKeyQuerySchema } from '@/contracts/machine-keys'
import { MachineKeysScreen } from '@/features/machine-keys/machine-keys-screen'
import { machineKeyQueries } from '@/features/machine-keys/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { readUrlQuery } from '@/features/url-query/read-url-query'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listMachineKeys } from '@/server/machine-keys/list-machine-keys'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('machineKeys')('title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MachineKeysPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('machine-keys:manage'))
  const query = readUrlQuery(machineKeyQuerySchema, await searchParams)
  const client = makeQueryClient()
  client.setQueryData(machineKeyQueries.list(query).queryKey, await loadPageData(() => listMachineKeys(viewer, query)))
  const { clock, publicUrl } = getRuntime()
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <MachineKeysScreen now={clock().toISOString()} publicUrl={publicUrl} />
    </HydrationBoundary>
  )
}
