import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requireAuthorization } from '@/server/authorizations/require-authorization'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function AuthorizationLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'connections:read', require: requireAuthorization })
  return children
}
