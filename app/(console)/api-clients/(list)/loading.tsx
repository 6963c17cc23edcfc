import { ApiClientsSkeleton } from '@/features/api-clients/api-clients-skeleton'

export default function Loading() {
  return <ApiClientsSkeleton />
}
