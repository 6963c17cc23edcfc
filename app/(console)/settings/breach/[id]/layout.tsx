import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { getIncident } from '@/server/incidents/get-incident'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function IncidentLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'incidents:run', require: getIncident })
  return children
}
