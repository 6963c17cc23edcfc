import { SessionsSkeleton } from '@/features/sessions/sessions-skeleton'

export default function Loading() {
  return <SessionsSkeleton />
}
