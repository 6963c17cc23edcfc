import { ConnectionsSkeleton } from '@/features/connections/connections-skeleton'

export default ConnectionsSkeleton
