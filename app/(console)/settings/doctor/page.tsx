import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { DoctorScreen } from '@/features/doctor/doctor-screen'
import { doctorQueries } from '@/features/doctor/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getDoctor } from '@/server/doctor/get-doctor'

export const metadata: Metadata = { title: translator('doctor')('title') }

export default async function DoctorPage() {
  const viewer = await loadPageData(() => requirePageViewer('doctor:read'))
  const client = makeQueryClient()
  client.setQueryData(doctorQueries.report().queryKey, await loadPageData(() => getDoctor(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DoctorScreen />
    </HydrationBoundary>
  )
}
