import { LinkSkeleton } from '@/features/links/link-skeleton'

export default function Loading() {
  return <LinkSkeleton />
}
