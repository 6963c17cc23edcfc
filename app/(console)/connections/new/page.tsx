import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import type { ApiClientSummary } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import type { ConnectChoice } from '@/features/authorizations/connect-choice'
import { ConnectScreen } from '@/features/authorizations/connect-screen'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { findUpstream } from '@/server/api-clients/list-upstreams'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('authorizations')('connect.title') }

type Props = { searchParams: Promise<{ apiClient?: string | string[]; attempt?: string | string[]; connection?: string | string[] }> }

export default async function NewConnectionPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer())
  const { apiClient, attempt, connection } = await searchParams
  // Reloaded in the middle of pasting.
  if (isUuid(attempt)) redirect(pages.authorization(attempt))
  const { items } = await loadPageData(() => listApiClients(viewer))
  return (
    <ConnectScreen
      now={getRuntime().clock().toISOString()}
      role={viewer.role}
      choices={items.map(toChoice)}
      reconnects={isUuid(connection) ? connection : null}
      chosenId={items.find(({ id }) => id === apiClient)?.id ?? null}
    />
  )
}

function toChoice({ id, name, clientId, environment, upstream, redirectUri }: ApiClientSummary): ConnectChoice {
  const allowed = findUpstream(upstream.id)
  const consentHost = allowed && new URL(allowed.backOfficeBase).host
  return { id, name, clientId, environment, upstream, redirectUri, consentHost }
}
