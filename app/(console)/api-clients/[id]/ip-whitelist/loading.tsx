import { ApiClientSkeleton } from '@/features/api-clients/api-client-skeleton'

export default function Loading() {
  return <ApiClientSkeleton />
}
