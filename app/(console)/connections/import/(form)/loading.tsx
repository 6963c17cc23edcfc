import { ImportSkeleton } from '@/features/imports/import-skeleton'

export default ImportSkeleton
