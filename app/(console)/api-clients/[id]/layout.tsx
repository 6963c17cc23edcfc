import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requireApiClient } from '@/server/api-clients/find-api-client'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function ApiClientLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'api-clients:read', require: requireApiClient })
  return children
}
