import { MigrationsSkeleton } from '@/features/key-migrations/migrations-skeleton'

export default MigrationsSkeleton
