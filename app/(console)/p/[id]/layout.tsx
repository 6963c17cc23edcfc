import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { pages } from '@/contracts/paths'
import { loadConnections } from './load-connections'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

/** Leads on, or says that nothing is there, before the first byte is sent: no loading.tsx may stand above. */
export default async function PropertyLayout({ params, children }: Props) {
  const [only, ...others] = await loadConnections((await params).id)
  if (only && others.length === 0) redirect(pages.connection(only.id))
  return children
}
