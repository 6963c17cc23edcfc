import { CampaignSkeleton } from '@/features/campaigns/campaigns-skeleton'

export default CampaignSkeleton
