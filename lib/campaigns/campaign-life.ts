import type { LinkLife } from '../links/link-life'

/** How long the links of a campaign may live: long enough that somebody reads the mail. */
export const CAMPAIGN_LIVES = ['24h', '7d'] as const satisfies readonly LinkLife[]
export type CampaignLife = (typeof CAMPAIGN_LIVES)[number]
