import { AttemptSkeleton } from '@/features/authorizations/attempt-skeleton'

export default AttemptSkeleton
