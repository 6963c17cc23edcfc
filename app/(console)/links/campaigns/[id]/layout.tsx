import type { ReactNode } from 'react'
import { requireKnown } from '@/app/require-known'
import { requireCampaign } from '@/server/campaigns/require-campaign'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

export default async function CampaignLayout({ params, children }: Props) {
  await requireKnown({ params, permission: 'campaigns:run', require: requireCampaign })
  return children
}
