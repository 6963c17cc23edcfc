import { ImportContactsSkeleton } from '@/features/contacts/import-contacts-skeleton'

export default ImportContactsSkeleton
