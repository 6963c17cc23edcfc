import { MigrationSkeleton } from '@/features/key-migrations/migrations-skeleton'

export default MigrationSkeleton
