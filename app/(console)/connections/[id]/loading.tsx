import { ConnectionSkeleton } from '@/features/connections/connection-skeleton'

export default ConnectionSkeleton
