import { LinksSkeleton } from '@/features/links/links-skeleton'

export default function Loading() {
  return <LinksSkeleton />
}
