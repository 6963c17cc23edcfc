import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  checkCampaign, getCampaign, getPhoneList, listCampaigns, listRecipients, type CampaignQuery, type CampaignSelection, type RecipientQuery,
} from '@/contracts/campaigns'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const LIST_POLL_MS = 5_000
const CHECK_FRESH_MS = 10_000
/** Whoever watches sees hoteliers open their links. */
const pollWhileRunning = pollWhileAttended(2_000)
/** Whoever has opened a link may finish after a stop. */
const pollAfterwards = pollWhileAttended(10_000)

/** What the browser asks about campaigns; the only spelling of their query keys. */
export const campaignQueries = {
  all: () => ['campaigns'] as const,
  list: (query: CampaignQuery) =>
    queryOptions({
      queryKey: [...campaignQueries.all(), 'list', query] as const,
      queryFn: ({ signal }) => callEndpoint(listCampaigns, { query, signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
      placeholderData: keepPreviousData,
    }),
  /** Whom it would ask: POST, because hundreds of ids fit no address, but it changes nothing. */
  check: (selection: CampaignSelection) =>
    queryOptions({
      queryKey: [...campaignQueries.all(), 'check', selection] as const,
      queryFn: ({ signal }) => callEndpoint(checkCampaign, { body: { selection }, signal }),
      staleTime: CHECK_FRESH_MS,
      placeholderData: keepPreviousData,
    }),
  one: (id: string) => [...campaignQueries.all(), 'one', id] as const,
  detail: (id: string) =>
    queryOptions({
      queryKey: [...campaignQueries.one(id), 'detail'] as const,
      queryFn: ({ signal }) => callEndpoint(getCampaign, { params: { id }, signal }),
      refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollWhileRunning() : pollAfterwards()),
    }),
  recipients: (id: string, query: RecipientQuery) =>
    queryOptions({
      queryKey: [...campaignQueries.one(id), 'recipients', query] as const,
      queryFn: ({ signal }) => callEndpoint(listRecipients, { params: { id }, query, signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
      placeholderData: keepPreviousData,
    }),
  phoneList: (id: string) =>
    queryOptions({
      queryKey: [...campaignQueries.one(id), 'phone-list'] as const,
      queryFn: ({ signal }) => callEndpoint(getPhoneList, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
    }),
}
