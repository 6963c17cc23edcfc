import { campaignQuerySchema, recipientQuerySchema, type CampaignQuery, type CampaignSelection, type RecipientQuery } from '@/contracts/campaigns'
import { connectionQuerySchema, type ConnectionQuery } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import { isUuid } from '@/lib/ids'

type Search = Readonly<Record<string, string | string[] | undefined>>
/** What a campaign takes of the filters of the connections. */
export type CampaignFilter = Pick<ConnectionQuery, 'q' | 'status' | 'bucket' | 'apiClient'>

/** The parts of a campaign's page. */
export const CAMPAIGN_TABS = ['recipients', 'phone', 'left-out'] as const
export type CampaignTab = (typeof CAMPAIGN_TABS)[number]

/** Filters of the connections in an address that anybody may have typed: what is not valid counts as absent. */
export function parseCampaignFilter(search: Search): CampaignFilter {
  const { q, status, bucket, apiClient } = connectionQuerySchema.shape
  return present({
    q: q.catch(undefined).parse(first(search['q'])),
    status: status.catch(undefined).parse(first(search['status'])),
    bucket: bucket.catch(undefined).parse(first(search['bucket'])),
    apiClient: apiClient.catch(undefined).parse(first(search['apiClient'])),
  })
}

/** What narrows a list of connections, without its order and its page. */
export function toCampaignFilter({ q, status, bucket, apiClient }: ConnectionQuery): CampaignFilter {
  return present({ q, status, bucket, apiClient })
}

/** The address of a new campaign for all that the filters find. */
export function newCampaignHref(filter: CampaignFilter): string {
  return withQuery(pages.newCampaign(), filter)
}

const IDS = '#connections='

/** The same for connections by their ids: behind a `#`, for hundreds would be too much for a request's line. */
export function newCampaignForHref(connectionIds: readonly string[]): string {
  return `${pages.newCampaign()}${IDS}${connectionIds.join(',')}`
}

/** The connections that an address names, or null when it names none. */
export function parseChosenIds(hash: string): readonly string[] | null {
  if (!hash.startsWith(IDS)) return null
  const ids = [...new Set(hash.slice(IDS.length).split(',').filter(isUuid))]
  return ids.length === 0 ? null : ids
}

export function toSelection(filter: CampaignFilter, connectionIds: readonly string[] | null): CampaignSelection {
  return connectionIds === null ? { filter } : { connectionIds: [...connectionIds] }
}

export function parseCampaignQuery(search: Search): CampaignQuery {
  return { page: campaignQuerySchema.shape.page.catch(1).parse(first(search['page'])) }
}

/** What a campaign's address says: the part that is shown, and which recipients. */
export function parseRecipientQuery(search: Search): { tab: CampaignTab; query: RecipientQuery } {
  const { state, q, page } = recipientQuerySchema.shape
  const tab = CAMPAIGN_TABS.find((known) => known === first(search['tab'])) ?? 'recipients'
  return {
    tab,
    query: {
      ...present({ state: state.catch(undefined).parse(first(search['state'])), q: q.catch(undefined).parse(first(search['q'])) }),
      page: page.catch(1).parse(first(search['page'])),
    },
  }
}

export function campaignHref(id: string, { tab, query: { state, q, page } }: ReturnType<typeof parseRecipientQuery>): string {
  return withQuery(pages.campaign(id), { tab: tab === 'recipients' ? undefined : tab, state, q, page: page === 1 ? undefined : page })
}

function first(value: string | string[] | undefined): string | undefined {
  const one = Array.isArray(value) ? value[0] : value
  return one === '' ? undefined : one
}

function present<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(present(query)).map(([name, value]) => [name, String(value)])
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`
}
