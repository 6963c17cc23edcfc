import { PeopleSkeleton } from '@/features/people/people-skeleton'

export default function Loading() {
  return <PeopleSkeleton />
}
