import { PageSkeleton } from '@/features/shell/page-skeleton'

export default function Loading() {
  return <PageSkeleton />
}
