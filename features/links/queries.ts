import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getLink, getLinkSettings, listLinks, type LinkQuery } from '@/contracts/links'
import { getQuarantinedGrant, listQuarantinedGrants } from '@/contracts/quarantined-grants'
import { mayMove } from '@/lib/links/link-state'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const LIST_POLL_MS = 5_000
/** An agent on the phone sees each step as it happens. */
const pollWhileWalking = pollWhileAttended(1_000)

/** What the browser asks about links, and about consents that they brought from elsewhere. */
export const linkQueries = {
  all: () => ['links'] as const,
  lists: () => [...linkQueries.all(), 'list'] as const,
  list: (query: LinkQuery) =>
    queryOptions({
      queryKey: [...linkQueries.lists(), query] as const,
      queryFn: ({ signal }) => callEndpoint(listLinks, { query, signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
      placeholderData: keepPreviousData,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...linkQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getLink, { params: { id }, signal }),
      refetchInterval: ({ state }) => (state.data !== undefined && mayMove(state.data.state) ? pollWhileWalking() : false),
    }),
  settings: () =>
    queryOptions({ queryKey: [...linkQueries.all(), 'settings'] as const, queryFn: ({ signal }) => callEndpoint(getLinkSettings, { signal }) }),
  waiting: () =>
    queryOptions({
      queryKey: [...linkQueries.all(), 'waiting'] as const,
      queryFn: ({ signal }) => callEndpoint(listQuarantinedGrants, { signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
    }),
  quarantined: (id: string) =>
    queryOptions({
      queryKey: [...linkQueries.all(), 'quarantined', id] as const,
      queryFn: ({ signal }) => callEndpoint(getQuarantinedGrant, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
    }),
}
