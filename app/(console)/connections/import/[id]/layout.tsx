import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { getImport } from '@/server/imports/get-import'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function ImportLayout({ params, children }: Props) {
  await requireKnown({
    params,
    permission: 'connections:import',
    require: ({ organizationId }, id) => getImport({ organizationId, environment: null }, id),
  })
  return children
}
