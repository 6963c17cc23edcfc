import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requireConnection } from '@/server/connections/require-connection'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function ConnectionLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'connections:read', require: requireConnection })
  return children
}
