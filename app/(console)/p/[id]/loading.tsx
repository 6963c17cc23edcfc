import { PropertyConnectionsSkeleton } from '@/features/connections/property-connections-skeleton'

export default PropertyConnectionsSkeleton
