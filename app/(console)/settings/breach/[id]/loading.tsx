import { PageSkeleton } from '@/features/shell/page-skeleton'

export default PageSkeleton
