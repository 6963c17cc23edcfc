import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requireLink } from '@/server/links/require-link'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function LinkLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'links:send', require: requireLink })
  return children
}
