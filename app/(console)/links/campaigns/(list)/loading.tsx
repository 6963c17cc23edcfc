import { CampaignsSkeleton } from '@/features/campaigns/campaigns-skeleton'

export default CampaignsSkeleton
